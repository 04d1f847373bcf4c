using TorchSharp.Modules;

namespace TorchSharp
{
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }

    namespace Modules
    {
        /// <summary>What all convolutions hold. Arrays have one entry per spatial dimension.</summary>
        public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            protected Convolution(
                string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
                bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, torch.Device? device = null,
                torch.ScalarType? dtype = null)
                : base(name)
            {
                if (transposed && padding_mode != PaddingModes.Zeros)
                {
                    throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
                }

                if (padding_type == Padding.Same && stride.Any(step => step != 1))
                {
                    throw new ArgumentException("padding='same' is not supported for strided convolutions");
                }

                this.in_channels = in_channels;
                this.out_channels = out_channels;
                this.kernel_size = kernel_size;
                this.stride = stride;
                this.padding = padding_type is null ? padding ?? new long[kernel_size.Length] : null;
                this.padding_type = padding_type;
                this.padding_mode = padding_mode;
                this.dilation = dilation;
                this.transposed = transposed;
                this.output_padding = output_padding;
                this.groups = groups;

                long[] shape = transposed ? [in_channels, out_channels / groups, .. kernel_size] : [out_channels, in_channels / groups, .. kernel_size];
                weight = new Parameter(torch.empty(shape, dtype: dtype, device: device));
                this.bias = bias ? new Parameter(torch.empty([out_channels], dtype: dtype, device: device)) : null;
                reset_parameters();
            }

            public Parameter? bias
            {
                get => OwnedParameter(nameof(bias));
                set => Own(nameof(bias), value);
            }

            public Parameter weight
            {
                get => OwnedParameter(nameof(weight))!;
                set => Own(nameof(weight), value);
            }

            public long in_channels { get; }

            public long out_channels { get; }

            public bool transposed { get; }

            public Padding? padding_type { get; }

            public long[]? padding { get; }

            public PaddingModes padding_mode { get; set; }

            public long groups { get; set; }

            public long[] kernel_size { get; set; }

            public long[] stride { get; set; }

            public long[] dilation { get; set; }

            public long[] output_padding { get; set; }

            public void reset_parameters() => torch.nn.init.LikeBuiltInLayers(weight, bias);

            /// <summary>Batched (N, C, ...) or single (C, ...) input with the right number of channels.</summary>
            protected bool ValidateShape(torch.Tensor input, long dimensions)
            {
                var shape = input.shape;
                return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
            }

            internal void ThrowIfShapeDiffers(torch.Tensor input, int dimensions)
            {
                if (!ValidateShape(input, dimensions))
                {
                    throw new ArgumentException(
                        $"Expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels to {GetName()}.");
                }
            }

            /// <summary>The input with the padding that is not zeros, as a new tensor; the convolution that follows then pads nothing.</summary>
            internal torch.Tensor Padded(torch.Tensor input)
            {
                var sides = new long[2 * kernel_size.Length];
                for (int i = 0; i < kernel_size.Length; i++)
                {
                    // the sides are listed from the last dimension to the first
                    int last = 2 * (kernel_size.Length - 1 - i);
                    long total = padding is null ? (padding_type == Padding.Same ? dilation[i] * (kernel_size[i] - 1) : 0) : 2 * padding[i];
                    (sides[last], sides[last + 1]) = (total / 2, total - (total / 2));
                }

                return torch.nn.functional.pad(input, sides, padding_mode);
            }
        }

        public sealed class Conv1d : Convolution
        {
            internal Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride, long? padding, Padding? padding_type, long dilation,
                PaddingModes padding_mode, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(
                    nameof(Conv1d), in_channels, out_channels, [kernel_size], [stride], padding is { } size ? [size] : null, padding_type, [dilation], false,
                    [0], groups, bias, padding_mode, device, dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                ThrowIfShapeDiffers(input, 1);
                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = Padded(input);
                    return torch.nn.functional.conv1d(padded, weight, bias, stride[0], 0, dilation[0], groups);
                }

                return padding_type is { } type
                    ? torch.nn.functional.conv1d_padding(input, weight, bias, stride[0], type, dilation[0], groups)
                    : torch.nn.functional.conv1d(input, weight, bias, stride[0], padding![0], dilation[0], groups);
            }
        }

        public sealed class Conv2d : Convolution
        {
            internal Conv2d(
                long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
                PaddingModes padding_mode, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(
                    nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0, 0], groups, bias, padding_mode,
                    device, dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                ThrowIfShapeDiffers(input, 2);
                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = Padded(input);
                    return torch.nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
                }

                return padding_type is { } type
                    ? torch.nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
                    : torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation], padding_mode,
                    groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), null, Pair(dilation, 1), padding_mode, groups, bias,
                    device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], padding_mode, groups, bias,
                    device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), null, padding, Pair(dilation, 1), padding_mode, groups, bias,
                    device, dtype);

            internal static long[] Pair((long, long)? values, long fallback) => values is var (first, second) ? [first, second] : [fallback, fallback];
        }
    }
}
