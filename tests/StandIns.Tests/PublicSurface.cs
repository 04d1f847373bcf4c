using System.Globalization;
using System.Reflection;

namespace GanPipeline.StandIns.Tests;

/// <summary>An assembly's public and protected declarations, one a line, as the recorded lists of upstream's have them.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static SortedSet<string> Of(Assembly assembly)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes().Where(IsVisible)) lines.UnionWith(Lines(type));
        return lines;
    }

    /// <summary>"Name = kind : bases", for a line that declares a type.</summary>
    internal static (string Name, string Kind, string[] Bases)? Header(string line)
    {
        int equals = line.IndexOf(" = ", StringComparison.Ordinal);
        if (equals < 0 || line.AsSpan(0, equals).ContainsAny('(', '{')) return null;
        string[] parts = line[(equals + 3)..].Split(" : ", 2);
        string[] kinds = ["class", "abstract class", "sealed class", "static class", "struct", "interface", "enum", "delegate"];
        return kinds.Contains(parts[0]) ? (line[..equals], parts[0], parts.Length < 2 ? [] : SplitTopLevel(parts[1])) : null;
    }

    private static string[] SplitTopLevel(string list)
    {
        var items = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < list.Length; i++)
        {
            depth += list[i] == '<' ? 1 : list[i] == '>' ? -1 : 0;
            if (list[i] != ',' || depth > 0) continue;
            items.Add(list[start..i].Trim());
            start = i + 1;
        }
        items.Add(list[start..].Trim());
        return [.. items];
    }

    private static IEnumerable<string> Lines(Type type)
    {
        string name = Name(type);
        string[] bases = [.. new[] { type.BaseType }.Where(IsWorthNaming).Select(b => Name(b!)),
            .. type.GetInterfaces().Where(i => i.IsVisible).Select(Name).Order(StringComparer.Ordinal)];
        yield return $"{name} = {Kind(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}";
        if (type.IsEnum)
        {
            foreach (FieldInfo f in type.GetFields(BindingFlags.Public | BindingFlags.Static)) yield return $"{name}.{f.Name} = {f.GetRawConstantValue()}";
            yield break;
        }
        foreach (ConstructorInfo c in type.GetConstructors(Declared).Where(c => IsShown(c) && !c.IsStatic)) yield return $"{name}.new({Parameters(c)})";
        foreach (MethodInfo m in type.GetMethods(Declared).Where(m => IsShown(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
            yield return $"{name}.{m.Name}{Generics(m)}({Parameters(m)}) : {Name(m.ReturnType)}{(m.IsStatic ? " static" : "")}";
        foreach (PropertyInfo p in type.GetProperties(Declared))
        {
            string accessors = (p.GetMethod is { } g && IsShown(g) ? "get;" : "") + (p.SetMethod is { } s && IsShown(s) ? "set;" : "");
            if (accessors.Length == 0) continue;
            string index = p.GetIndexParameters() is { Length: > 0 } ps ? "[" + string.Join(", ", ps.Select(Parameter)) + "]" : "";
            yield return $"{name}.{p.Name}{index} {{{accessors}}} : {Name(p.PropertyType)}{((p.GetMethod ?? p.SetMethod)!.IsStatic ? " static" : "")}";
        }
        foreach (FieldInfo f in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return $"{name}.{f.Name} : {Name(f.FieldType)}{(f.IsStatic ? " static" : "")}";
        foreach (EventInfo e in type.GetEvents(Declared).Where(e => e.AddMethod is { } add
            && IsShown(add))) yield return $"{name}.{e.Name} event : {Name(e.EventHandlerType!)}";
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.BaseType == typeof(MulticastDelegate) ? "delegate"
        : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static bool IsWorthNaming(Type? type) =>
        type is not null && type != typeof(object) && type != typeof(ValueType) && type != typeof(Enum) && type != typeof(MulticastDelegate);

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition ? "<" + string.Join(", ", method.GetGenericArguments().Select(a => a.Name)) + ">" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        bool byReference = parameter.ParameterType.IsByRef;
        string by = !byReference ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string type = Name(byReference ? parameter.ParameterType.GetElementType()! : parameter.ParameterType);
        return $"{by}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "")}";
    }

    private static string? Literal(object? value) => value switch
    {
        null => "null",
        string s => "\"" + s + "\"",
        bool b => b ? "true" : "false",
        Enum e => Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture).ToString(),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (type.IsPointer) return Name(type.GetElementType()!) + "*";
        if (type.IsArray) return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        string prefix = type.IsNested ? Name(type.DeclaringType!) + "+" : type.Namespace is null ? "" : type.Namespace + ".";
        int tick = type.Name.IndexOf('`');
        if (tick < 0) return prefix + type.Name;
        int own = int.Parse(type.Name[(tick + 1)..], CultureInfo.InvariantCulture);
        return $"{prefix}{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().TakeLast(own).Select(Name))}>";
    }
}
