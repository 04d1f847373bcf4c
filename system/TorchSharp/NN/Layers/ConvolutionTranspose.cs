using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        public abstract class ConvolutionTranspose : Convolution
        {
            protected ConvolutionTranspose(
                string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation,
                bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, torch.Device? device = null,
                torch.ScalarType? dtype = null)
                : base(
                    name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups, bias,
                    padding_mode, device, dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input) => forward(input, null);

            public abstract torch.Tensor forward(torch.Tensor input, long[]? output_size);

            /// <summary>
            /// The rows and columns to add at the far end so that the output gets the wanted size. Without a wanted size the layer's own output padding, of
            /// which upstream takes the first entry for every dimension.
            /// </summary>
            protected long[] _output_padding(
                torch.Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
            {
                if (output_size is null)
                {
                    return [output_padding[0]];
                }

                var shape = input.shape;
                int first = shape.Length - (int)num_spatial_dims;
                var wanted = output_size.Length == shape.Length ? output_size[first..] : output_size;
                if (wanted.Length != num_spatial_dims)
                {
                    throw new ArgumentException(
                        $"{GetName()}: output_size needs {num_spatial_dims} or {shape.Length} elements for {shape.Length}D input, not {output_size.Length}.",
                        nameof(output_size));
                }

                var added = new long[wanted.Length];
                for (int i = 0; i < added.Length; i++)
                {
                    long smallest = ((shape[first + i] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel_size[i] - 1)) + 1;
                    long largest = smallest + stride[i] - 1;
                    if (wanted[i] < smallest || wanted[i] > largest)
                    {
                        throw new ArgumentException(
                            $"Requested an output size of {string.Join(", ", wanted)}, but valid sizes range from {smallest} to {largest}");
                    }

                    added[i] = wanted[i] - smallest;
                }

                return added;
            }
        }

        public sealed class ConvTranspose2d : ConvolutionTranspose
        {
            internal ConvTranspose2d(
                long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] output_padding, long[] dilation,
                PaddingModes padding_mode, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(
                    nameof(ConvTranspose2d), in_channels, out_channels, kernel_size, stride, padding, null, dilation, true, output_padding, groups, bias,
                    padding_mode, device, dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input, long[]? output_size)
            {
                ThrowIfShapeDiffers(input, 2);
                var added = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 2);
                return torch.nn.functional.conv_transpose2d(input, weight, bias, stride, padding, added, dilation, groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [output_padding, output_padding],
                    [dilation, dilation], padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(
                    in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), Pair(output_padding, 0), Pair(dilation, 1),
                    padding_mode, groups, bias, device, dtype);
        }
    }
}
