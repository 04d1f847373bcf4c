namespace GanPipeline.Evaluation.Images;

/// <summary>Images as a data set has them: bytes, with a class each or without.</summary>
internal sealed class ImageSet
{
    /// <summary>A set over an array that the caller no longer changes.</summary>
    /// <param name="pixels">[N, C, H, W], 0 to 255.</param>
    /// <param name="shape">C x H x W.</param>
    /// <param name="labels">[N] class indices, or null.</param>
    /// <exception cref="ArgumentException">Pixels, shape and labels do not fit together.</exception>
    public ImageSet(byte[] pixels, ImageShape shape, long[]? labels = null)
    {
        if (pixels.Length % shape.Size != 0)
            throw new ArgumentException($"{pixels.Length} pixels are no whole number of {shape} images; give whole images.", nameof(pixels));
        (Pixels, Shape, Labels) = (pixels, shape, labels);
        if (labels is not null) ClassLabels.CheckCount(labels.Length, Count);
    }

    /// <summary>[N, C, H, W], 0 to 255.</summary>
    public byte[] Pixels { get; }

    /// <summary>C x H x W.</summary>
    public ImageShape Shape { get; }

    /// <summary>[N] class indices, or null.</summary>
    public long[]? Labels { get; }

    /// <summary>Number of images.</summary>
    public int Count => Pixels.Length / Shape.Size;

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * Shape.Size, Shape.Size);

    /// <summary>The images at some places, in that order.</summary>
    public ImageSet Pick(IReadOnlyList<int> places)
    {
        byte[] pixels = new byte[checked(places.Count * Shape.Size)];
        for (int i = 0; i < places.Count; i++) Image(places[i]).CopyTo(pixels.AsSpan(i * Shape.Size));
        return new ImageSet(pixels, Shape, Labels is null ? null : [.. places.Select(p => Labels[p])]);
    }

    /// <summary>These images, then others of the same shape and classes.</summary>
    public ImageSet Append(ImageSet others) => new([.. Pixels, .. others.Pixels], Shape, Labels is null ? null : [.. Labels, .. others.Labels!]);

    /// <summary>So many images drawn without replacement, or all as they are.</summary>
    public ImageSet Sample(int count, ulong seed) => count >= Count ? this : Pick(Metrics.Bootstrap.Order(Count, seed, "images")[..count]);

    /// <summary>The images turned by 0, 1, 2 and 3 quarter turns, one after the other, which are their classes.</summary>
    /// <exception cref="UserErrorException">They are not square.</exception>
    public ImageSet Turned()
    {
        if (Shape.Height != Shape.Width)
            throw new UserErrorException($"images of {Shape} without classes cannot be compared, since they are not square; " +
                "make them so (data.size), or name a network with --features.");
        int side = Shape.Width, plane = side * side;
        byte[] pixels = new byte[Pixels.Length];
        long[] turns = new long[Count];
        for (int i = 0; i < Pixels.Length; i++)
        {
            int turn = i / Shape.Size % 4, row = i % plane / side, column = i % side;
            (int y, int x) = turn switch
            {
                0 => (row, column),
                1 => (column, side - 1 - row),
                2 => (side - 1 - row, side - 1 - column),
                _ => (side - 1 - column, row)
            };
            pixels[i] = Pixels[i / plane * plane + y * side + x];
        }
        for (int i = 0; i < Count; i++) turns[i] = i % 4;
        return new ImageSet(pixels, Shape, turns);
    }

    /// <summary>
    /// Each channel as an image of its own, one after the other. The class of an image is the number that its channels' classes spell, the first channel's
    /// first.
    /// </summary>
    /// <param name="classes">Classes of a channel: the base of that number.</param>
    public ImageSet Channels(int classes) => new(Pixels, Shape with { Channels = 1 }, Labels is null ? null : [.. Labels.SelectMany(label =>
        Enumerable.Range(0, Shape.Channels).Select(c => label / (long)Math.Pow(classes, Shape.Channels - 1 - c) % classes))]);

    /// <summary>A generator's pixels, rounded and clamped to bytes as every image file holds them.</summary>
    /// <exception cref="UserErrorException">A pixel is not a finite number.</exception>
    public static ImageSet FromFloats(ReadOnlySpan<float> pixels, ImageShape shape, long[]? labels = null)
    {
        byte[] bytes = new byte[pixels.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = float.IsFinite(pixels[i]) ? (byte)Math.Clamp(MathF.Round(pixels[i]), 0, 255)
                : throw new UserErrorException($"image {i / shape.Size} has a pixel that is not a finite number; the generator may come from a diverged run.");
        return new ImageSet(bytes, shape, labels);
    }
}
