using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls an operator of libtorch by its name ("add.Tensor" is the operator aten::add, overload Tensor), with its arguments in the order of its schema;
/// arguments
/// left out at the end take the schema's defaults. Names must be literals: an operator is looked up once for each literal, by reference.
/// </summary>
internal static unsafe class Ops
{
    private const int StackWords = 64;

    private static readonly ConcurrentDictionary<string, long> s_found = new(ReferenceEqualityComparer.Instance);

    /// <summary>For an operator with one tensor as its result.</summary>
    internal static Tensor Call(string name, params ReadOnlySpan<Value> arguments)
    {
        RawValue result;
        Invoke(name, arguments, &result, 1);
        return ToTensor(result);
    }

    /// <summary>For an operator that changes its first argument: returns that very object, as TorchSharp does.</summary>
    internal static Tensor InPlace(string name, params ReadOnlySpan<Value> arguments)
    {
        Invoke(name, arguments, null, 0);
        return (Tensor)arguments[0].Object!;
    }

    internal static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Value> arguments)
    {
        RawValue* results = stackalloc RawValue[2];
        Invoke(name, arguments, results, 2);
        return (ToTensor(results[0]), ToTensor(results[1]));
    }

    internal static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Value> arguments)
    {
        RawValue* results = stackalloc RawValue[3];
        Invoke(name, arguments, results, 3);
        return (ToTensor(results[0]), ToTensor(results[1]), ToTensor(results[2]));
    }

    /// <summary>For an operator with any number of tensors as its result.</summary>
    internal static Tensor[] CallMany(string name, params ReadOnlySpan<Value> arguments)
    {
        const int Expected = 16;
        RawValue* results = stackalloc RawValue[Expected];
        int count = Invoke(name, arguments, results, Expected);
        if (count <= Expected) return ToTensors(new ReadOnlySpan<RawValue>(results, count));
        var all = new RawValue[count];
        fixed (RawValue* p = all) Native.Check(Native.gt_op_results(p, count));
        return ToTensors(all);
    }

    internal static bool CallBool(string name, params ReadOnlySpan<Value> arguments)
    {
        RawValue result;
        Invoke(name, arguments, &result, 1);
        return result.Integer != 0;
    }

    /// <summary>For an operator whose result is a number.</summary>
    internal static Scalar CallScalar(string name, params ReadOnlySpan<Value> arguments)
    {
        RawValue result;
        Invoke(name, arguments, &result, 1);
        return result.Tag switch
        {
            ValueTag.Double => result.Real,
            ValueTag.Int => result.Integer,
            ValueTag.Bool => result.Integer != 0,
            _ => throw new InvalidOperationException($"{name} gave no number"),
        };
    }

    [SkipLocalsInit]
    private static int Invoke(string name, ReadOnlySpan<Value> arguments, RawValue* results, int capacity)
    {
        if (!s_found.TryGetValue(name, out long op)) op = Find(name);
        int needed = 0;
        foreach (ref readonly Value v in arguments) needed += v.Object is null or Tensor ? 0 : v.Words;
        RawValue* raw = stackalloc RawValue[arguments.Length];
        long* few = stackalloc long[StackWords];
        int count;
        fixed (long* many = needed > StackWords ? new long[needed] : null)
        {
            long* next = many == null ? few : many;
            for (int i = 0; i < arguments.Length; i++) next = arguments[i].Lower(raw + i, next);
            Native.Check(Native.gt_op_call(op, raw, arguments.Length, results, capacity, &count));
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Find(string name)
    {
        int dot = name.IndexOf('.');
        long handle;
        Native.Check(Native.gt_op_find("aten::" + (dot < 0 ? name : name[..dot]), dot < 0 ? "" : name[(dot + 1)..], &handle));
        return s_found.GetOrAdd(name, handle);
    }

    /// <summary>An operator's undefined tensor is null.</summary>
    private static Tensor ToTensor(RawValue value) => value.Tag == ValueTag.Tensor ? new Tensor((nint)value.Integer) : null!;

    private static Tensor[] ToTensors(ReadOnlySpan<RawValue> values)
    {
        var tensors = new Tensor[values.Length];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = ToTensor(values[i]);
        return tensors;
    }
}
