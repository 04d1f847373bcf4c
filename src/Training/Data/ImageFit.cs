using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>How an image becomes a square of the size that the networks take.</summary>
internal enum ImageFit
{
    /// <summary>The centre is cut out, as large a square as there is, and scaled.</summary>
    Crop,

    /// <summary>Scaled to the size, whatever becomes of the proportions.</summary>
    Stretch,

    /// <summary>Not scaled: put in the middle, with black around it. An image that is larger than the size is refused.</summary>
    Pad,
}

/// <summary>
/// Fits images into squares. They are scaled by libtorch's antialiased bilinear filter, which is as much wider as an image gets smaller, so that every pixel
/// counts: Pillow's BILINEAR. Of bytes it is computed in whole numbers, and is the same on every machine.
/// </summary>
internal static class ImageFitting
{
    /// <summary>The largest side of a square.</summary>
    public const int LargestSize = 4096;

    /// <summary>Images of one size as squares.</summary>
    /// <param name="fit">How.</param>
    /// <param name="images">[N, channels, rows, columns] uint8; for <see cref="ImageFit.Pad"/> no larger than the square.</param>
    /// <param name="size">Side of the square.</param>
    /// <returns>[N, channels, size, size] uint8, row-major.</returns>
    public static Tensor Apply(this ImageFit fit, Tensor images, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        long rows = images.shape[2], columns = images.shape[3], side = Math.Min(rows, columns);
        if (fit == ImageFit.Pad)
        {
            Tensor squares = zeros([images.shape[0], images.shape[1], size, size], uint8);
            squares.narrow(2, (size - rows) / 2, rows).narrow(3, (size - columns) / 2, columns).copy_(images);
            return squares.MoveToOuterDisposeScope();
        }
        Tensor part = fit == ImageFit.Crop ? images.narrow(2, (rows - side) / 2, side).narrow(3, (columns - side) / 2, side) : images;
        if (part.shape[2] != size || part.shape[3] != size)
            part = nn.functional.interpolate(part, [size, size], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
        return part.contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Whether an image gets more pixels than it has, in one direction at least.</summary>
    public static bool ScalesUp(this ImageFit fit, int rows, int columns, int size) => fit != ImageFit.Pad && Math.Min(rows, columns) < size;

    /// <summary>Refuses an image that does not fit.</summary>
    public static void Check(this ImageFit fit, string what, int rows, int columns, int size)
    {
        if (fit == ImageFit.Pad && (rows > size || columns > size))
            throw new UserErrorException($"{what}: {columns}x{rows} pixels do not fit into 'data.size' {size} without scaling ('data.fit: pad'); " +
                "choose a larger size, or fit crop or stretch.");
    }
}
