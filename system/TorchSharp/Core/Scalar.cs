using System.Numerics;

namespace TorchSharp;

/// <summary>A number that stays what it was: an integer, a floating-point number, a truth value or a complex number.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Value _value;
    private bool _disposed;

    private Scalar(Value value) => _value = value;

    internal Value Value => _disposed ? throw new ObjectDisposedException(nameof(Scalar)) : _value;

    public torch.ScalarType Type => Value.Tag switch
    {
        ValueTag.Int => torch.ScalarType.Int64,
        ValueTag.Bool => torch.ScalarType.Bool,
        ValueTag.Complex => torch.ScalarType.ComplexFloat64,
        _ => torch.ScalarType.Float64,
    };

    internal double AsDouble => Value.Tag switch
    {
        ValueTag.Double => BitConverter.Int64BitsToDouble(Value.Bits),
        ValueTag.Complex => ((Complex)Value.Object!).Real,
        _ => Value.Bits,
    };

    internal long AsInt64 => Value.Tag is ValueTag.Int or ValueTag.Bool ? Value.Bits : (long)AsDouble;

    public static implicit operator Scalar(byte value) => new((long)value);
    public static implicit operator Scalar(sbyte value) => new((long)value);
    public static implicit operator Scalar(short value) => new((long)value);
    public static implicit operator Scalar(int value) => new((long)value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(Half value) => new((double)value);
    public static implicit operator Scalar(float value) => new((double)value);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(value);
    public static implicit operator Scalar(Complex value) => new(value);

    public void Dispose() => _disposed = true;
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static byte ToByte(this Scalar value) => checked((byte)value.AsInt64);
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.AsInt64);
    public static short ToInt16(this Scalar value) => checked((short)value.AsInt64);
    public static int ToInt32(this Scalar value) => checked((int)value.AsInt64);
    public static long ToInt64(this Scalar value) => value.AsInt64;
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
