namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Pairs of (before, after) from the last dimension to the first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Reflect => Ops.Call("pad", input, pad, "reflect"),
                PaddingModes.Replicate => Ops.Call("pad", input, pad, "replicate"),
                PaddingModes.Circular => Ops.Call("pad", input, pad, "circular"),
                _ => Ops.Call("constant_pad_nd", input, pad, value),
            };

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The same on every side of every dimension, the batch included.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var sides = new long[2 * input.ndim];
                Array.Fill(sides, pad);
                return functional.pad(input, sides, mode, value);
            }

            /// <summary>To a size, or by a factor per spatial dimension.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                if ((size is null) == (scale_factor is null))
                {
                    throw new System.Runtime.InteropServices.ExternalException("interpolate needs either size or scale_factor, not both");
                }

                if (mode == InterpolationMode.Nearest && align_corners is not null)
                {
                    throw new System.Runtime.InteropServices.ExternalException("align_corners can only be set with the modes linear, bilinear and bicubic");
                }

                if (recompute_scale_factor && scale_factor is not null)
                {
                    var shape = x.shape;
                    size = [.. scale_factor.Select((factor, i) => (long)Math.Floor(shape[shape.Length - scale_factor.Length + i] * factor))];
                    scale_factor = null;
                }

                bool corners = align_corners ?? false;
                return (mode, x.Dimensions, antialias) switch
                {
                    (InterpolationMode.Nearest, 3, false) => Ops.Call("upsample_nearest1d.vec", x, size, scale_factor),
                    (InterpolationMode.Nearest, 4, false) => Ops.Call("upsample_nearest2d.vec", x, size, scale_factor),
                    (InterpolationMode.Linear, 3, false) => Ops.Call("upsample_linear1d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 4, false) => Ops.Call("upsample_bilinear2d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 4, true) => Ops.Call("_upsample_bilinear2d_aa.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 4, false) => Ops.Call("upsample_bicubic2d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 4, true) => Ops.Call("_upsample_bicubic2d_aa.vec", x, size, corners, scale_factor),
                    _ => throw new System.Runtime.InteropServices.ExternalException(
                        $"interpolation mode {mode}{(antialias ? " with antialias" : "")} does not fit an input of {x.Dimensions} dimensions"),
                };
            }

            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Ops.Call("avg_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Ops.Call("avg_pool2d", input, kernel_size, stride ?? kernel_size, padding, ceil_mode, count_include_pad, divisor_override);

            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Ops.Call("max_pool2d", input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Ops.Call("max_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? 0, dilation ?? 1, ceil_mode);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Ops.Call("adaptive_avg_pool2d", input, output_size);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => Ops.Call("adaptive_avg_pool2d", input, output_size);
        }
    }
}
