using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanPipeline.Training.Networks;

/// <summary>
/// A transposed convolution, on the CPU computed in an equivalent form that is faster there: of its result, pixels that lie a stride apart see the same part of the kernel, so each of
/// the stride² phases is a plain convolution of the small image. Exported it is the plain operator.
/// </summary>
/// <remarks>
/// <para>
/// Forward and backward of the layers of two systems, libtorch 1.13.1, one thread, milliseconds of processor time on a busy machine, as it comes / as phases / as one convolution with
/// stride² times the channels whose result is shuffled (zeros fill the kernel up to a multiple of the stride):
/// </para>
/// <para>
/// mnist-dcgan, batch 128: 256→128 at 4×4 166 / 69 / 91; 128→64 at 9×9 199 / 110 / 114; 64→1 at 17×17 18.8 / 76 / 17.7. faces-dcgan, batch 16: 1024→512 at 4×4 1072 / 882 / 1044; 512→256 at 8×8
/// 919 / 438 / 491; 256→128 at 16×16 885 / 324 / 442; 128→3 at 32×32 66 / 102 / 38. So phases, but one convolution where few channels come out.
/// </para>
/// </remarks>
public sealed class PhasedConvTranspose2d : nn.Module<Tensor, Tensor>
{
    private const long FewChannels = 4;

    /// <summary>Puts it together from the convolution, which it then owns.</summary>
    /// <param name="convolution">What is learned; what its padding cuts off is cut off at every side.</param>
    /// <param name="cut">Rows and columns that are cut off at the bottom and the right besides.</param>
    public PhasedConvTranspose2d(ConvTranspose2d convolution, long cut = 0) : base(nameof(PhasedConvTranspose2d))
    {
        (Convolution, Cut) = (convolution, cut);
        register_module("convolution", convolution);
    }

    /// <summary>What is learned.</summary>
    public ConvTranspose2d Convolution { get; }

    /// <summary>Rows and columns that are cut off at the bottom and the right, beyond the padding.</summary>
    public long Cut { get; }

    /// <summary>From [N, C, H, W] to [N, D, (H - 1) · stride + kernel - 2 · padding - cut, ...].</summary>
    public override Tensor forward(Tensor input)
    {
        long stride = Convolution.stride[0], padding = Convolution.padding![0];
        long Size(int axis) => (input.shape[axis] - 1) * stride + Convolution.kernel_size[0] - 2 * padding - Cut;
        if (stride == 1 || input.device_type != DeviceType.CPU)
        {
            Tensor whole = Convolution.call(input);
            return Cut == 0 ? whole : whole.narrow(2, 0, Size(2)).narrow(3, 0, Size(3)).contiguous();
        }
        Tensor full = Convolution.out_channels <= FewChannels ? AsOneConvolution(input, stride) : AsPhases(input, stride);
        return full.narrow(2, padding, Size(2)).narrow(3, padding, Size(3)).contiguous();
    }

    /// <summary>Row stride · q + r of the result is row q of the convolution with the kernel's rows r, r + stride, ...; columns alike.</summary>
    private Tensor AsPhases(Tensor input, long stride)
    {
        long kernel = Convolution.kernel_size[0], taps = (kernel + stride - 1) / stride, height = input.shape[2] + taps - 1, width = input.shape[3] + taps - 1;
        var rows = new Tensor[stride];
        for (long r = 0; r < stride; r++)
        {
            var columns = new Tensor[stride];
            for (long c = 0; c < stride; c++)
            {
                Tensor part = Convolution.weight.slice(2, r, kernel, stride).slice(3, c, kernel, stride);
                Tensor phase = nn.functional.conv2d(input, part.flip(2, 3).transpose(0, 1), Convolution.bias, [1, 1], [part.shape[2] - 1, part.shape[3] - 1]);
                (long below, long right) = (height - phase.shape[2], width - phase.shape[3]);
                columns[c] = below + right == 0 ? phase : nn.functional.pad(phase, [0, right, 0, below]);
            }
            rows[r] = stack(columns, -1);
        }
        return stack(rows, 3).reshape(input.shape[0], Convolution.out_channels, height * stride, width * stride);
    }

    private Tensor AsOneConvolution(Tensor input, long stride)
    {
        long kernel = Convolution.kernel_size[0], taps = (kernel + stride - 1) / stride, fill = taps * stride - kernel, outputs = Convolution.out_channels;
        Tensor weight = Convolution.weight;
        if (fill > 0) weight = nn.functional.pad(weight, [0, fill, 0, fill]);
        Tensor phases = weight.reshape(Convolution.in_channels, outputs, taps, stride, taps, stride).permute(1, 3, 5, 0, 2, 4)
            .reshape(outputs * stride * stride, Convolution.in_channels, taps, taps).flip(2, 3);
        Tensor result = nn.functional.conv2d(input, phases, strides: [1, 1], padding: [taps - 1, taps - 1]);
        (long height, long width) = (result.shape[2], result.shape[3]);
        Tensor shuffled = result.reshape(-1, outputs, stride, stride, height, width).permute(0, 1, 4, 2, 5, 3).reshape(-1, outputs, height * stride, width * stride);
        return Convolution.bias is null ? shuffled : shuffled.Plus(Convolution.bias.view(1, -1, 1, 1));
    }
}
