using GanPipeline.Primitives;
using SkiaSharp;

namespace GanPipeline.Images;

/// <summary>A decoded image.</summary>
/// <param name="Planes">[channels × rows × columns]; 1 channel for grey images, 3 (red, green, blue) for all others.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
internal sealed record DecodedImage(byte[] Planes, int Channels, int Rows, int Columns)
{
    /// <summary>Whether a background shows through.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>Whether its colours were four inks.</summary>
    public bool IsCmyk { get; init; }

    /// <summary>Pictures in the file, of which this is the first.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>The highest value of a file of 16 bits a sample; null for other files.</summary>
    public int? Highest { get; init; }

    /// <summary>Name of the file's colour space where it is not sRGB.</summary>
    public string? Profile { get; init; }

    /// <summary>Whether the colours were converted from <see cref="Profile"/> to sRGB.</summary>
    public bool IsConverted { get; init; }

    /// <summary>The same image with one channel (luma of ITU-R BT.601, as JPEG has it) or three (grey three times).</summary>
    public DecodedImage WithChannels(int channels)
    {
        if (channels == Channels) return this;
        int area = Rows * Columns;
        byte[] planes = new byte[channels * area];
        for (int i = 0; i < area; i++)
        {
            if (channels == 3) planes[i] = planes[area + i] = planes[2 * area + i] = Planes[i];
            else planes[i] = (byte)((299 * Planes[i] + 587 * Planes[area + i] + 114 * Planes[2 * area + i] + 500) / 1000);
        }
        return this with { Planes = planes, Channels = channels };
    }
}

/// <summary>What a picture's file says of it.</summary>
/// <param name="Rows">Height, before it is turned as its camera noted.</param>
/// <param name="Columns">Width.</param>
/// <param name="IsGrey">Whether it is surely grey: one that may be transparent is taken for coloured.</param>
internal readonly record struct PictureHeader(int Rows, int Columns, bool IsGrey);

/// <summary>How pictures are read.</summary>
/// <param name="Background">What shows through transparent parts.</param>
/// <param name="Bits">Bits of the largest value of pictures of 16 bits a sample: 16, or fewer where files hold 10, 12 or 14 bits as they are.</param>
internal sealed record ImageReading(SKColor Background, int Bits)
{
    /// <summary>Transparent parts become white, and 16 bits are 16 bits.</summary>
    public static readonly ImageReading Usual = new(SKColors.White, 16);

    /// <summary>Whether the background has no colour.</summary>
    public bool IsGrey => Background.Red == Background.Green && Background.Green == Background.Blue;

    /// <summary>A colour as options say it: white, black, or six hexadecimal digits, red first, with or without #.</summary>
    public static SKColor? Colour(string text) => text switch
    {
        "white" => SKColors.White,
        "black" => SKColors.Black,
        _ => text.TrimStart('#') is { Length: 6 } && text.Length <= 7 && SKColor.TryParse(text, out SKColor colour) ? colour : null,
    };
}

/// <summary>
/// PNG and JPEG files to pixels, by Skia. The files are not trusted: their size and the dimensions that they claim are bounded before anything is decoded, a
/// PNG's checksums must hold, and an image that ends early is refused. Transparent parts show a background; the orientation that a camera noted is applied, and
/// colours of another colour space are converted to sRGB.
/// </summary>
internal static class ImageDecoder
{
    private const long LargestFile = 256 << 20;
    private const int LargestSide = 16384, LargestArea = 1 << 26, AreaOfMany = 1 << 24;
    private static readonly Lock OneLargeImage = new(); // several at once, one on each core, would take gigabytes

    /// <summary>Names that are taken for images.</summary>
    public static bool IsImage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg";

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserErrorException">It is no regular file, is too large, or cannot be read.</exception>
    public static byte[] Read(string path) => InputFile.ReadBytes(path, "images are PNG or JPEG files.", LargestFile);

    /// <summary>What a file says of its size and colours, without the pixels: enough to choose by, and cheap. Null where it is no PNG or JPEG.</summary>
    /// <exception cref="UserErrorException">It is no regular file, is too large, or cannot be read.</exception>
    public static PictureHeader? Header(string path)
    {
        using SKData data = SKData.CreateCopy(Read(path));
        using SKCodec? codec = SKCodec.Create(data);
        return codec is { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg }
            ? new PictureHeader(codec.Info.Height, codec.Info.Width, IsGrey: codec.Info.ColorType == SKColorType.Gray8) : null;
    }

    /// <summary>Decodes the bytes of a file.</summary>
    /// <exception cref="UserErrorException">They are no PNG or JPEG, are damaged or cut short, or claim absurd dimensions.</exception>
    public static unsafe DecodedImage Decode(string path, byte[] bytes, ImageReading reading)
    {
        PictureFacts facts = PictureFacts.Of(path, bytes);
        fixed (byte* start = bytes)
        {
            using SKData? data = bytes.Length == 0 ? null : SKData.Create((nint)start, bytes.Length);
            using SKCodec? codec = data is null ? null : SKCodec.Create(data);
            if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg })
                throw new UserErrorException($"{path}: it is no readable PNG or JPEG image.");
            (int columns, int rows) = (codec.Info.Width, codec.Info.Height);
            int largestArea = facts.Bits == 16 ? LargestArea / 2 : LargestArea; // these take twice the memory
            if (columns > LargestSide || rows > LargestSide || (long)columns * rows > largestArea)
                throw new UserErrorException($"{path}: it claims {columns}x{rows} pixels; at most {LargestSide} a side and {largestArea} in all are read.");
            if (!facts.CanHold((long)columns * rows))
                throw new UserErrorException($"{path}: it claims {columns}x{rows} pixels, and its {facts.PixelBytes} bytes of them cannot hold so many.");
            if ((long)columns * rows <= AreaOfMany) return Decoded(path, bytes, codec, facts, reading);
            lock (OneLargeImage) return Decoded(path, bytes, codec, facts, reading);
        }
    }

    private static DecodedImage Decoded(string path, byte[] bytes, SKCodec codec, PictureFacts facts, ImageReading reading)
    {
        (int columns, int rows) = (codec.Info.Width, codec.Info.Height);
        bool grey = codec.Info.ColorType == SKColorType.Gray8, isDeep = facts.Bits == 16;
        // Skia knows the colour space where it can convert from it; values that are no colours yet have none.
        bool converts = facts.Profile is not null && !facts.IsCmyk && codec.Info.ColorSpace is { IsSrgb: false } && !(isDeep && reading.Bits < 16);
        using SKColorSpace? srgb = converts ? SKColorSpace.CreateSrgb() : null;
        byte[] pixels = Pixels(path, codec, new SKImageInfo(columns, rows, grey ? SKColorType.Gray8 : SKColorType.Rgba8888,
            grey ? SKAlphaType.Opaque : SKAlphaType.Unpremul, srgb));
        int highest = isDeep ? DeepSamples(path, bytes, reading.Bits, columns * rows, pixels) : 0;
        bool transparent = !grey && PutOn(reading.Background, pixels);
        // A grey picture stays one on a grey background: its three channels are equal.
        bool stays = grey || (facts.IsGreyPng && (!transparent || reading.IsGrey));
        SKEncodedOrigin origin = codec.EncodedOrigin == SKEncodedOrigin.TopLeft ? facts.Origin : codec.EncodedOrigin;
        return Turned(pixels, grey ? 1 : 4, stays ? 1 : 3, rows, columns, origin) with
        {
            IsTransparent = transparent,
            IsCmyk = facts.IsCmyk,
            Frames = facts.Frames,
            Highest = isDeep ? highest : null,
            Profile = facts.Profile,
            IsConverted = converts,
        };
    }

    private static unsafe byte[] Pixels(string path, SKCodec codec, SKImageInfo format)
    {
        byte[] pixels = new byte[format.BytesSize];
        fixed (byte* target = pixels)
        {
            SKCodecResult result = codec.GetPixels(format, (nint)target);
            return result == SKCodecResult.Success ? pixels : throw new UserErrorException($"{path}: the image is damaged or cut short ({result}).");
        }
    }

    /// <summary>
    /// The highest value of a PNG of 16 bits, of which Skia gives the 8 upper bits; where fewer than 16 are meant, the upper 8 of those replace them.
    /// </summary>
    private static int DeepSamples(string path, byte[] bytes, int bits, int area, byte[] pixels)
    {
        ushort[] samples = DeepPng.Samples(path, bytes);
        int highest = samples.Max();
        if (highest >> bits > 0)
            throw new UserErrorException($"{path}: it holds a value of {highest}, and 'data.bits' {bits} allows {(1 << bits) - 1}; raise or leave out " +
                "'data.bits'.");
        if (bits == 16) return highest;
        int each = pixels.Length / area, channels = samples.Length / area;
        for (int i = 0; i < area; i++)
            for (int c = 0; c < Math.Min(3, each); c++) pixels[i * each + c] = (byte)(samples[i * channels + Math.Min(c, channels - 1)] >> (bits - 8));
        return highest;
    }

    /// <summary>Puts RGBA pixels on a background; true where it shows anywhere.</summary>
    private static bool PutOn(SKColor background, Span<byte> pixels)
    {
        bool shows = false;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            int alpha = pixels[i + 3];
            if (alpha == 255) continue;
            shows = true;
            pixels[i] = Mixed(pixels[i], background.Red, alpha);
            pixels[i + 1] = Mixed(pixels[i + 1], background.Green, alpha);
            pixels[i + 2] = Mixed(pixels[i + 2], background.Blue, alpha);
        }
        return shows;

        static byte Mixed(int front, int back, int alpha) => (byte)((front * alpha + back * (255 - alpha) + 127) / 255);
    }

    /// <summary>Interleaved pixels to planes, turned and mirrored as the origin asks (EXIF 2.3, tag 274).</summary>
    private static DecodedImage Turned(byte[] pixels, int bytes, int channels, int rows, int columns, SKEncodedOrigin origin)
    {
        bool swapped = origin >= SKEncodedOrigin.LeftTop;
        bool fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        bool fromBottom = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        (int height, int width) = swapped ? (columns, rows) : (rows, columns);
        int area = rows * columns;
        byte[] planes = new byte[channels * area];
        for (int y = 0, place = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, place++)
            {
                (int row, int column) = swapped ? (x, y) : (y, x);
                int source = ((fromBottom ? rows - 1 - row : row) * columns + (fromRight ? columns - 1 - column : column)) * bytes;
                for (int c = 0; c < channels; c++) planes[c * area + place] = pixels[source + c];
            }
        }
        return new DecodedImage(planes, channels, height, width);
    }
}
