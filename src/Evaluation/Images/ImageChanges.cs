using GanPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Evaluation.Images;

/// <summary>
/// Shifts, turns and mirror images, drawn anew whenever an image is looked at: what a classifier of few images is usually trained with (Shorten and
/// Khoshgoftaar 2019, "A survey on image data augmentation for deep learning", section on geometric transformations).
/// </summary>
/// <param name="Mirrors">Whether left and right are exchanged in half of them: right for objects, wrong for characters.</param>
internal sealed record ImageChanges(bool Mirrors)
{
    private const double MostShift = 1 / 8.0, MostTurn = Math.PI / 12;

    /// <summary>Changed images; edges are continued outwards.</summary>
    /// <param name="images">[N, C, H, W] float32.</param>
    /// <param name="random">Where it draws from.</param>
    /// <returns>[N, C, H, W], in the caller's dispose scope.</returns>
    public Tensor Apply(Tensor images, Generator random)
    {
        (long count, double aspect) = (images.shape[0], images.shape[3] / (double)images.shape[2]);
        Tensor angle = Within(MostTurn), cos = angle.cos(), sin = angle.sin();
        Tensor side = Mirrors ? rand([count], generator: random).IsAtLeast(0.5).to_type(float32).Times(2).Minus(1) : ones(count);
        // From places of the result to places of the image, both from -1 to 1, so that a shift by the whole side is 2.
        Tensor across = stack([cos * side, sin.Times(-1 / aspect), Within(2 * MostShift)], 1);
        Tensor down = stack([(sin * side).Times(aspect), cos, Within(2 * MostShift)], 1);
        Tensor grid = nn.functional.affine_grid(stack([across, down], 1).to(images.device), images.shape, align_corners: false);
        return nn.functional.grid_sample(images, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);

        Tensor Within(double most) => rand([count], generator: random).Minus(0.5).Times(2 * most);
    }
}
