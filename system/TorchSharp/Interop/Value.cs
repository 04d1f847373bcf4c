using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What the native side takes and gives: gt_value.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct RawValue
{
    [FieldOffset(0)] internal ValueTag Tag;
    [FieldOffset(4)] internal int Count;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal void* Pointer;
}

internal enum ValueTag { None, Tensor, Int, Double, Bool, Ints, Doubles, Tensors, Device, String, Generator, Complex }

/// <summary>One argument of an operator. Everything that C# has for an argument converts to it; null is None.</summary>
internal readonly struct Value
{
    internal readonly object? Object;
    internal readonly long Bits;
    internal readonly ValueTag Tag;

    private Value(ValueTag tag, object? value, long bits = 0) => (Tag, Object, Bits) = (tag, value, bits);

    internal static Value None => default;

    public static implicit operator Value(Tensor? value) => value is null ? default : new(ValueTag.Tensor, value);
    public static implicit operator Value(Scalar? value) => value is null ? default : value.Value;
    public static implicit operator Value(long value) => new(ValueTag.Int, null, value);
    public static implicit operator Value(int value) => new(ValueTag.Int, null, value);
    public static implicit operator Value(long? value) => value is { } v ? v : default(Value);
    public static implicit operator Value(double value) => new(ValueTag.Double, null, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Value(double? value) => value is { } v ? v : default(Value);
    public static implicit operator Value(bool value) => new(ValueTag.Bool, null, value ? 1 : 0);
    public static implicit operator Value(bool? value) => value is { } v ? v : default(Value);
    public static implicit operator Value(Complex value) => new(ValueTag.Complex, value);
    public static implicit operator Value(ScalarType value) => new(ValueTag.Int, null, (long)value);
    public static implicit operator Value(ScalarType? value) => value is { } v ? v : default(Value);
    public static implicit operator Value(long[]? value) => value is null ? default : new(ValueTag.Ints, value);
    public static implicit operator Value(ReadOnlySpan<long> value) => new(ValueTag.Ints, value.ToArray());
    public static implicit operator Value(double[]? value) => value is null ? default : new(ValueTag.Doubles, value);
    public static implicit operator Value(Tensor?[]? value) => value is null ? default : new(ValueTag.Tensors, value);
    public static implicit operator Value(Device? value) =>
        value is null ? default : new(ValueTag.Device, null, (uint)(int)value.type | ((long)value.index << 32));
    public static implicit operator Value(Generator? value) => value is null ? default : new(ValueTag.Generator, value);
    public static implicit operator Value(string? value) => value is null ? default : new(ValueTag.String, value);

    /// <summary>How many 8-byte words beside the value itself its native form needs.</summary>
    internal int Words => Object switch
    {
        null or Tensor or Generator => 0,
        long[] a => a.Length,
        double[] a => a.Length,
        Tensor?[] a => a.Length,
        Complex => 2,
        string s => (System.Text.Encoding.UTF8.GetMaxByteCount(s.Length) + 7) / 8,
        _ => throw new InvalidOperationException($"no native form for {Object.GetType()}"),
    };

    /// <summary>Writes the native form; lists go to <paramref name="words"/>. Returns where the next list goes.</summary>
    internal unsafe long* Lower(RawValue* raw, long* words)
    {
        *raw = new RawValue { Tag = Tag, Integer = Bits };
        if (Object is null) return words;
        if (Object is Tensor tensor)
        {
            raw->Integer = tensor.Handle;
            return words;
        }
        return LowerObject(raw, words);
    }

    private unsafe long* LowerObject(RawValue* raw, long* words)
    {
        raw->Pointer = words;
        switch (Object)
        {
            case Generator g:
                raw->Integer = g.Handle;
                return words;
            case long[] a:
                a.CopyTo(new Span<long>(words, a.Length));
                raw->Count = a.Length;
                break;
            case double[] a:
                a.CopyTo(new Span<double>(words, a.Length));
                raw->Count = a.Length;
                break;
            case Tensor?[] a:
                for (int i = 0; i < a.Length; i++) words[i] = a[i]?.Handle ?? 0;
                raw->Count = a.Length;
                break;
            case Complex c:
                ((double*)words)[0] = c.Real;
                ((double*)words)[1] = c.Imaginary;
                raw->Count = 2;
                return words + 2;
            case string s:
                raw->Count = System.Text.Encoding.UTF8.GetBytes(s, new Span<byte>(words, Words * 8));
                return words + Words;
        }
        return words + raw->Count;
    }
}
