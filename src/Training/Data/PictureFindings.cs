using System.Globalization;
using GanPipeline.Images;

namespace GanPipeline.Training.Data;

/// <summary>A picture that was read.</summary>
/// <param name="Image">Its facts, without the pixels.</param>
/// <param name="IsScaledUp">Whether it has fewer pixels than it got.</param>
/// <param name="IsConstant">Whether all of its pixels are equal.</param>
/// <param name="First">Its first pixel's first channel, 0 to 255.</param>
/// <param name="Highest">Its highest value, 0 to 255.</param>
internal sealed record SeenPicture(DecodedImage Image, bool IsScaledUp, bool IsConstant, byte First, byte Highest);

/// <summary>
/// What pictures lost, or may have lost, when they were read: a sentence a kind, with how many there are and an example, and never one a picture. A set of
/// which most pictures are of one value cannot be trained on.
/// </summary>
internal sealed class PictureFindings(ImageReading reading)
{
    private const int FewestRefused = 4, Dark = 64, DeepDark = 1 << 14;
    private readonly Kind _transparent = new(), _constant = new(), _scaledUp = new(), _cmyk = new(), _animated = new(), _deep = new();
    private readonly OrderedDictionary<(bool Converted, string Name), Kind> _profiles = [];
    private string _constantLook = "", _smallest = "";
    private int _all, _highest, _highestDeep;
    private long _smallestArea = long.MaxValue;
    private bool _constantIsTransparent;

    /// <summary>Notes a picture that is kept; in the order of the files, since the first is the example.</summary>
    public void Add(string path, SeenPicture seen)
    {
        DecodedImage image = seen.Image;
        _all++;
        _highest = Math.Max(_highest, seen.Highest);
        if (image.IsTransparent) _transparent.Add(path);
        if (image.IsCmyk) _cmyk.Add(path);
        if (image.Frames > 1) _animated.Add(path);
        if (image.Highest is { } highest)
        {
            _deep.Add(path);
            _highestDeep = Math.Max(_highestDeep, highest);
        }
        if (image.Profile is { } name)
        {
            if (!_profiles.TryGetValue((image.IsConverted, name), out Kind? profile)) _profiles[(image.IsConverted, name)] = profile = new Kind();
            profile.Add(path);
        }
        if (seen.IsScaledUp)
        {
            _scaledUp.Add(path);
            if ((long)image.Rows * image.Columns < _smallestArea)
                (_smallestArea, _smallest) = ((long)image.Rows * image.Columns, $"{path} with {image.Columns}x{image.Rows}");
        }
        if (!seen.IsConstant) return;
        if (_constant.Count == 0) (_constantLook, _constantIsTransparent) = ($"{seen.First}", image.IsTransparent);
        _constant.Add(path);
    }

    /// <summary>The sentences.</summary>
    /// <param name="size">Side that pictures were brought to.</param>
    public IEnumerable<string> Notes(int size)
    {
        if (_transparent.Count > 0)
            yield return $"{_transparent.Of(_all)} transparent parts, which are shown on {Background} (data.background), for example {_transparent.Example}.";
        foreach (((bool converted, string name), Kind profile) in _profiles)
            yield return $"{profile.Of(_all)} colours of '{name}', which {(converted ? "were converted to sRGB"
                : "could not be converted to sRGB and are read as if they were of it")}, for example {profile.Example}.";
        if (_cmyk.Count > 0)
            yield return $"{_cmyk.Of(_all)} four inks (CMYK), which became red, green and blue by rule of thumb, for example {_cmyk.Example}; convert them " +
                "with a program that knows their profile if colours matter.";
        if (_animated.Count > 0) yield return $"{_animated.Of(_all)} several frames, of which the first alone is read, for example {_animated.Example}.";
        if (_scaledUp.Count > 0)
            yield return $"{_scaledUp.Of(_all)} fewer pixels a side than 'data.size' {size} and got more by scaling; the smallest is {_smallest} pixels.";
        if (_deep.Count > 0 && reading.Bits == 16 && _highestDeep < DeepDark)
            yield return $"{_deep.Of(_all)} 16 bits a sample but no value above {_highestDeep} of 65535, so they come out dark, for example {_deep.Example}; " +
                $"if {MeantBits} bits are meant, say so (--set data.bits={MeantBits}).";
        else if (_all > 0 && _highest < Dark && _constant.Count < _all)
            yield return $"no pixel of the {_all} pictures is above {_highest} of 255: they are nearly black.";
        if (_constant.Count > 0 && Problem is null)
            yield return $"{_constant.Of(_all)} one value for all pixels, for example {_constant.Example}: {_constantLook} of 255.";
    }

    /// <summary>Why the set is not fit to be trained on; null where it is.</summary>
    public string? Problem => _constant.Count < FewestRefused || 2 * _constant.Count <= _all ? null
        : $"{_constant.Example}: all of its pixels are {_constantLook} of 255, and so it is with {_constant.Count} of {_all} pictures, which " +
            $"nothing can be trained on; {Remedy}.";

    private string Remedy => _constantIsTransparent
        ? $"what they show is in their transparency, and they were put on {Background}: choose another colour with --set " +
            $"data.background={(reading.Background == SkiaSharp.SKColors.White ? "black" : "white")}"
        : _deep.Count > 0 && _highestDeep < DeepDark && reading.Bits == 16
            ? $"their 16-bit values end at {_highestDeep}: say with --set data.bits={MeantBits} how many bits are meant"
            : "give other pictures, or take these out";

    private string Background => (reading.Background.Red, reading.Background.Green, reading.Background.Blue) switch
    {
        (255, 255, 255) => "white",
        (0, 0, 0) => "black",
        var (r, g, b) => $"#{r:X2}{g:X2}{b:X2}",
    };

    /// <summary>The least even number of bits, from 8, that the highest value of the files with 16 fits into: cameras have 8, 10, 12 or 14.</summary>
    private int MeantBits => Math.Max(8, (32 - int.LeadingZeroCount(_highestDeep) + 1) / 2 * 2);

    /// <summary>Whether all pixels of each channel are equal.</summary>
    public static bool IsConstant(ReadOnlySpan<byte> planes, int channels)
    {
        int area = planes.Length / channels;
        for (int c = 0; c < channels; c++)
            if (planes.Slice(c * area, area).ContainsAnyExcept(planes[c * area])) return false;
        return true;
    }

    /// <summary>The highest value.</summary>
    public static byte Highest(ReadOnlySpan<byte> planes)
    {
        byte highest = 0;
        foreach (byte value in planes) highest = Math.Max(highest, value);
        return highest;
    }

    /// <summary>Pictures of one kind.</summary>
    private sealed class Kind
    {
        public int Count { get; private set; }

        public string Example { get; private set; } = "";

        public void Add(string path)
        {
            if (Count++ == 0) Example = path;
        }

        public string Of(int all) => string.Create(CultureInfo.InvariantCulture, $"{Count} of {all} pictures {(Count == 1 ? "has" : "have")}");
    }
}
