using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.StandIns.Tests.SystemOnly;

/// <summary>The stand-in names operators by text; these tests read the text and try what is written there.</summary>
public unsafe partial class OperatorTests
{
    [GeneratedRegex("""Ops\.(?:Call\w*|InPlace)\(\s*"([^"]+)"|\?\s*"([a-z_0-9.A-Z]+)"\s*:\s*"([a-z_0-9.A-Z]+)"\s*,""")]
    private static partial Regex OperatorName();

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "system/TorchSharp"), "*.cs",
        SearchOption.AllDirectories)
        .SelectMany(f => OperatorName().Matches(File.ReadAllText(f))).SelectMany(m => m.Groups.Values.Skip(1)).Where(g => g.Success).Select(g =>
            g.Value).Distinct().Order()];

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void ThisLibtorchHasTheOperator(string name)
    {
        string[] parts = name.Split('.');
        long op;
        Assert.Equal(NativeLibrary.Ok, NativeLibrary.gt_op_find("aten::" + parts[0], parts.Length > 1 ? parts[1] : "", &op));
    }

    /// <summary>
    /// Calls every method of Tensor with tensors of several shapes and types. Whatever libtorch says to them, it must be an answer or an exception, and never
    /// that the
    /// stand-in passed an operator what its schema does not have.
    /// </summary>
    [Fact]
    public void EveryMethodOfTensorPassesWhatItsOperatorTakes()
    {
        var mistakes = new List<string>();
        foreach (MethodInfo method in typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (method.IsGenericMethod || method.ReturnType.IsByRefLike || s_notCalled.Contains(method.Name)
                || !method.GetParameters().All(p => CanMake(p.ParameterType))) continue;
            foreach (Func<Tensor> subject in s_subjects)
            {
                using DisposeScope scope = NewDisposeScope();
                object?[] arguments = [.. method.GetParameters().Select(p => Make(p.ParameterType))];
                try
                {
                    method.Invoke(subject(), arguments);
                }
                catch (TargetInvocationException e) when (e.InnerException is ArgumentException { Message: var said }
                    && said.StartsWith("aten::", StringComparison.Ordinal))
                {
                    mistakes.Add($"{method}: {said}");
                }
                catch (TargetInvocationException e) when (
                    e.InnerException is ExternalException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or IOException)
                {
                    // libtorch does not like the combination; what matters is that it could say so
                }
            }
        }
        Assert.Empty(mistakes.Distinct());
    }

    private static readonly string[] s_notCalled =
        ["Dispose", "DecoupleFromNativeHandle", "save", "Save", "GetHashCode", "ToString", "Equals", "cuda", "ReadBytesFromStream", "WriteBytesToStream"];

    private static readonly Func<Tensor>[] s_subjects =
    [
        () => ones(2, 2), () => ones(2, 2, requires_grad: true), () => ones(2, 3, dtype: float64), () => arange(6), () => tensor(1.5f), () =>
            ones([2, 2, 2]) > 0, () => empty(0),
    ];

    private static bool CanMake(Type type) => type == typeof(Tensor) || Nullable.GetUnderlyingType(type) is not null || Make(type) is not null;

    private static object? Make(Type type) =>
        type == typeof(Tensor) ? ones(2, 2) : type == typeof(Scalar) ? (Scalar)1 : type == typeof(long) ? 1L : type == typeof(int) ? 1
            : type == typeof(double) ? 0.5
        : type == typeof(float) ? 0.5f : type == typeof(bool) ? false : type == typeof(long[]) ? new long[] { 1 } : type == typeof(Tensor[])
            ? new[] { zeros(1, dtype: int64) }
        : type == typeof(ScalarType) ? ScalarType.Float64 : type == typeof(Device) ? CPU : type == typeof(DeviceType) ? DeviceType.CPU
            : type == typeof(Generator) ? new Generator(1)
        : type.IsEnum ? Enum.GetValues(type).GetValue(0) : null;
}
