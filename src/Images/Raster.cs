namespace GanPipeline.Images;

/// <summary>A picture in memory: 8 bits a channel, rows from the top, grey (1 channel) or RGB (3 channels, interleaved).</summary>
internal sealed class Raster
{
    /// <summary>A picture over <paramref name="data"/>, which is not copied; black where it is left out.</summary>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="data">Row-major [height, width, channels].</param>
    public Raster(int width, int height, int channels, byte[]? data = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "a picture has 1 channel (grey) or 3 (RGB)");
        }

        var length = checked(width * height * channels);
        Data = data ?? new byte[length];
        if (Data.Length != length)
        {
            throw new ArgumentException($"{width} x {height} x {channels} pixels are {length} bytes, not {Data.Length}", nameof(data));
        }

        (Width, Height, Channels) = (width, height, channels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>1 (grey) or 3 (RGB).</summary>
    public int Channels { get; }

    /// <summary>Row-major [Height, Width, Channels].</summary>
    public byte[] Data { get; }

    /// <summary>The channels of one pixel; (0, 0) is at the top left.</summary>
    public Span<byte> this[int x, int y] => (uint)x < (uint)Width && (uint)y < (uint)Height
        ? Data.AsSpan((y * Width + x) * Channels, Channels)
        : throw new ArgumentOutOfRangeException(nameof(x), $"({x}, {y}) is outside a picture of {Width} x {Height}");
}
