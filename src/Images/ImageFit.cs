using GanPipeline.Primitives;

namespace GanPipeline.Images;

/// <summary>How an image becomes a square of the size that the networks take.</summary>
internal enum ImageFit
{
    /// <summary>Scaled until the shorter side fits, then the centre is cut out.</summary>
    Crop,

    /// <summary>Scaled to the size, whatever becomes of the proportions.</summary>
    Stretch,

    /// <summary>Not scaled: put in the middle, with black around it. An image that is larger than the size is refused.</summary>
    Pad,
}

/// <summary>Fits images into squares.</summary>
internal static class ImageFitting
{
    /// <summary>The largest side of a square.</summary>
    public const int LargestSize = 4096;

    /// <summary>[<paramref name="size"/> × size] pixels of one channel of an image.</summary>
    /// <param name="fit">How.</param>
    /// <param name="plane">[rows × columns] the channel.</param>
    /// <param name="rows">Its height.</param>
    /// <param name="columns">Its width.</param>
    /// <param name="size">Side of the square.</param>
    /// <param name="result">[size × size] where the pixels go; cleared before.</param>
    public static void Apply(this ImageFit fit, ReadOnlySpan<byte> plane, int rows, int columns, int size, Span<byte> result)
    {
        if (fit == ImageFit.Pad)
        {
            int top = (size - rows) / 2, left = (size - columns) / 2;
            for (int row = 0; row < rows; row++) plane.Slice(row * columns, columns).CopyTo(result.Slice((top + row) * size + left));
            return;
        }
        double side = Math.Min(rows, columns);
        (double height, double width) = fit == ImageFit.Crop ? (side, side) : (rows, columns);
        Resizing.Bilinear(plane, rows, columns, new PixelBox((rows - height) / 2, (columns - width) / 2, height, width), size, size, result);
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
