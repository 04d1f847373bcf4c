namespace TorchSharp;

public enum DeviceType { CPU = 0, CUDA = 1, MKLDNN = 2, OPENGL = 3, OPENCL = 4, IDEEP = 5, HIP = 6, FPGA = 7, MSNPU = 8, XLA = 9, MPS = 13, META = 14 }

public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0, Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4, Float16 = 5, Float32 = 6, Float64 = 7, ComplexFloat32 = 9, ComplexFloat64 = 10, Bool = 11,
        QInt8 = 12, QUInt8 = 13, QInt32 = 14, BFloat16 = 15,
    }

    public enum RoundingMode { None, trunc, floor }

    // Upstream keeps these as variables.
#pragma warning disable CA2211
    public static ScalarType uint8 = ScalarType.Byte, int8 = ScalarType.Int8, int16 = ScalarType.Int16, int32 = ScalarType.Int32, int64 = ScalarType.Int64;
    public static ScalarType float16 = ScalarType.Float16, float32 = ScalarType.Float32, float64 = ScalarType.Float64, bfloat16 = ScalarType.BFloat16;
    public static ScalarType @bool = ScalarType.Bool, @short = ScalarType.Int16, @int = ScalarType.Int32, @long = ScalarType.Int64;
    public static ScalarType half = ScalarType.Float16, @float = ScalarType.Float32, @double = ScalarType.Float64;
#pragma warning restore CA2211

    public static bool is_integral(ScalarType type) => type.IsIntegral();
    public static bool is_floating_point(ScalarType type) => type.IsFloatingPoint();
    public static bool is_complex(ScalarType type) => type.IsComplex();
    public static bool is_integral(Tensor t) => t.is_integral();
    public static bool is_floating_point(Tensor input) => input.is_floating_point();
    public static bool is_complex(Tensor input) => input.is_complex();
    public static bool is_tensor(object obj) => obj is Tensor;
}

internal static class ScalarTypes
{
    internal static bool IsIntegral(this torch.ScalarType type) => type is <= torch.ScalarType.Int64 or torch.ScalarType.Bool;
    internal static bool IsFloatingPoint(this torch.ScalarType type) =>
        type is torch.ScalarType.Float16 or torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16;
    internal static bool IsComplex(this torch.ScalarType type) => type is torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64;

    /// <summary>The element type that a .NET type is.</summary>
    internal static torch.ScalarType Of(Type type) => Find(type) ?? throw new NotSupportedException($"no tensor has elements of type {type}");

    internal static torch.ScalarType? Find(Type type) =>
        type == typeof(byte) ? torch.ScalarType.Byte : type == typeof(sbyte) ? torch.ScalarType.Int8 : type == typeof(short) ? torch.ScalarType.Int16
        : type == typeof(int) ? torch.ScalarType.Int32 : type == typeof(long) ? torch.ScalarType.Int64 : type == typeof(Half) ? torch.ScalarType.Float16
        : type == typeof(float) ? torch.ScalarType.Float32 : type == typeof(double) ? torch.ScalarType.Float64 : type == typeof(bool) ? torch.ScalarType.Bool
        : type == typeof((float, float)) ? torch.ScalarType.ComplexFloat32 : type == typeof(System.Numerics.Complex) ? torch.ScalarType.ComplexFloat64 : null;
}
