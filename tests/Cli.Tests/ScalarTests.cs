using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Cli.Tests;

/// <summary>
/// A Scalar that nobody holds can be collected while libtorch reads it (src/Training/Held.cs). The compiler refuses what src/BannedSymbols.txt names, but not
/// in +=, -=, *= and /=, and the list is that of one version of TorchSharp; this reads the compiled code of both sides.
/// </summary>
public class ScalarTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    [Theory]
    [InlineData("GanPipeline.Training")]
    [InlineData("GanPipeline.Evaluation")]
    [InlineData("GanPipeline.Export")]
    [InlineData("GanPipeline.MlNet.Training")]
    [InlineData("gan")]
    public void Nothing_makes_a_Scalar_but_the_one_class_that_holds_it(string assembly)
    {
        string[] uses = [.. Assembly.Load(assembly).GetTypes().SelectMany(Uses)];
        Assert.Equal([], uses.Where(use =>
            !use.StartsWith("GanPipeline.Training.Held.", StringComparison.Ordinal) || !use.EndsWith(".ToScalar", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_makes_one_is_found() => Assert.Equal(
        ["Compound: op_Addition", "Conversion: op_Implicit", "Inside: square", "Layer: ELU", "Optimizer: SGD", "Sum: op_Addition"],
        typeof(Samples).GetMethods(Declared).SelectMany(m => Uses(m).Select(call => $"{m.Name}: {call.Name}")).Order(StringComparer.Ordinal));

    private static class Samples
    {
        public static Tensor Compound(Tensor x)
        {
            x += 2;
            return x;
        }

        public static Tensor Conversion(Tensor x) => x.clamp_min(0.5);

        public static Tensor Inside(Tensor x) => x.square();

        public static Tensor Layer(Tensor x) => nn.ELU().call(x);

        public static optim.Optimizer Optimizer(Parameter x) => optim.SGD([x], 0.1);

        public static Tensor Sum(Tensor x) => x + x;

        public static Tensor Difference(Tensor x) => x - x;
    }

    private static IEnumerable<string> Uses(Type type) =>
        Methods(type).SelectMany(method => Uses(method).Select(call => $"{type.FullName}.{method.Name} calls {call.DeclaringType!.Name}.{call.Name}"));

    private static IEnumerable<MethodBase> Uses(MethodBase method) => Calls(method).Where(call => Makes(call) || s_makers.Value.Contains(Key(call)));

    private static bool Makes(MethodBase call) => call.DeclaringType == typeof(Scalar) ? call.Name is "op_Implicit" or ".ctor"
        : call.DeclaringType == typeof(ScalarExtensionMethods) && call.ReturnType() == typeof(Scalar);

    /// <summary>All methods of TorchSharp that make a Scalar, or call one that does; a layer counts for its forward pass, an optimiser for its step.</summary>
    private static readonly Lazy<HashSet<(Module, int)>> s_makers = new(() =>
    {
        Type[] types = [.. typeof(torch).Assembly.GetTypes().Where(t => t != typeof(Scalar) && t != typeof(ScalarExtensionMethods))];
        var callers = new Dictionary<(Module, int), List<MethodBase>>();
        var open = new Stack<MethodBase>();
        foreach (MethodBase method in types.SelectMany(Methods))
            foreach (MethodBase call in Calls(method))
            {
                if (Makes(call)) open.Push(method);
                if (!callers.TryGetValue(Key(call), out List<MethodBase>? all)) callers[Key(call)] = all = [];
                all.Add(method);
            }
        var makers = new HashSet<(Module, int)>();
        while (open.TryPop(out MethodBase? maker))
        {
            // Its forward pass counts batches with Scalars; FlatNetwork takes the count away.
            if (maker.DeclaringType == typeof(BatchNorm) || !makers.Add(Key(maker))) continue;
            foreach (MethodBase caller in callers.GetValueOrDefault(Key(maker), [])) open.Push(caller);
            if (maker.Name is not ("forward" or "step")) continue;
            foreach (ConstructorInfo constructor in maker.DeclaringType!.GetConstructors(Declared)) open.Push(constructor);
        }
        return makers;
    });

    private static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    private static (Module, int) Key(MethodBase method) => (method.Module, method.MetadataToken);

    /// <summary>The methods whose tokens stand in a method's code.</summary>
    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = s_codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(code, at)) is { } call) yield return call;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token) => method.Module.ResolveMethod(token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
}

file static class Reflected
{
    public static Type? ReturnType(this MethodBase method) => (method as MethodInfo)?.ReturnType;
}
