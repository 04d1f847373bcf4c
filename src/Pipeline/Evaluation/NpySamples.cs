using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Stages;

/// <summary>
/// Samples of a .npy file (format 1.0 to 3.0, little-endian float32, C order), with the classes of FILE.labels.npy (int64) where that is there: what gan
/// generate writes.
/// </summary>
internal static partial class NpySamples
{
    private const int LongestHeader = 1 << 16;

    public static GeneratedSamples Read(string path, Dataset real, int count, StageContext context)
    {
        SampleFormat format = real.Format;
        (long[] shape, byte[] bytes) = ReadArray(path, "<f4");
        if (shape.Length < 2 || !shape[1..].SequenceEqual(format.Shape))
            throw new UserErrorException($"{path}: it holds an array of [{string.Join(", ", shape)}], " +
                $"but samples of the data are [N, {string.Join(", ", format.Shape)}]; give samples of the data's size.");
        int rows = (int)Math.Min(count, shape[0]);
        float[] values = MemoryMarshal.Cast<byte, float>(bytes)[..(rows * (int)format.Size)].ToArray();
        string labelsPath = Path.ChangeExtension(path, ".labels.npy");
        bool labelled = !SpooledInput.IsStandardInput(path) && File.Exists(labelsPath);
        if (!labelled || real.ClassNames.Count == 0)
        {
            if (labelled || real.ClassNames.Count > 0)
                context.Note($"{(real.ClassNames.Count > 0 ? $"there is no {labelsPath}" : "the data have no classes")}: nothing is compared class by class");
            return new GeneratedSamples(values, null);
        }
        (long[] labelShape, byte[] labels) = ReadArray(labelsPath, "<i8");
        if (labelShape is not [var all] || all != shape[0])
            throw new UserErrorException($"{labelsPath}: it does not hold one class for each of the {shape[0]} samples of {path}; generate both anew.");
        long[] classes = MemoryMarshal.Cast<byte, long>(labels)[..rows].ToArray();
        if (Array.FindIndex(classes, c => c < 0 || c >= real.ClassNames.Count) is >= 0 and var stray)
            throw new UserErrorException($"{labelsPath}: class {classes[stray]} of sample {stray} is outside the {real.ClassNames.Count} classes of the " +
                "data; compare the samples with the data that their generator was trained on.");
        ClassNumbers.Say(labelsPath, "data", real.ClassNames, context);
        return new GeneratedSamples(values, classes).SayLacking(path, real.ClassNames, context);
    }

    /// <summary>Whether it begins as such a file does.</summary>
    public static bool IsNpy(string path)
    {
        using FileStream stream = SpooledInput.Open(path);
        return stream.ReadByte() == 0x93;
    }

    private static (long[] Shape, byte[] Bytes) ReadArray(string path, string type)
    {
        if (!SpooledInput.Exists(path)) throw new UserErrorException($"{path}: no such file.");
        using FileStream stream = SpooledInput.Open(path);
        Span<byte> start = stackalloc byte[12];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        bool isNpy = got == start.Length && start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8) && start[6] is >= 1 and <= 3;
        int prefix = isNpy && start[6] == 1 ? 10 : 12, length = isNpy ? start[6] == 1 ? BitConverter.ToUInt16(start[8..]) : BitConverter.ToInt32(start[8..])
            : -1;
        if (length is < 0 or > LongestHeader) throw new UserErrorException($"{path}: it is no .npy file; give one that NumPy or 'gan generate' wrote.");
        stream.Position = prefix;
        byte[] header = new byte[length];
        if (stream.ReadAtLeast(header, length, throwOnEndOfStream: false) < length)
            throw new UserErrorException($"{path}: it ends inside its header; write it anew.");
        string text = Encoding.Latin1.GetString(header);
        Match shapeText = Shape().Match(text);
        if (!shapeText.Success || !text.Contains($"'{type}'", StringComparison.Ordinal) || !text.Contains("'fortran_order': False", StringComparison.Ordinal))
            throw new UserErrorException($"{path}: its header says {text.Trim()}, but numbers of type {type} in C order are needed; convert it with NumPy.");
        long[] shape = [.. shapeText.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(s => long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out long side) && side > 0 ? side
                : throw new UserErrorException($"{path}: its header claims the shape ({shapeText.Groups[1].Value}), whose '{s}' is no size; write it anew."))];
        UInt128 size = shape.Aggregate((UInt128)(type == "<f4" ? 4u : 8u), // 2^63 or more stays so, and does not overflow within an array's few sides
            (a, b) => a > long.MaxValue ? a : a * (UInt128)b);
        if (size > (UInt128)Array.MaxLength || size != (UInt128)(stream.Length - stream.Position))
            throw new UserErrorException($"{path}: its header claims [{string.Join(", ", shape)}] numbers, " +
                $"which does not fit the file's length (or is above {Array.MaxLength} bytes); write it anew.");
        byte[] bytes = new byte[(int)size];
        stream.ReadExactly(bytes);
        return (shape, bytes);
    }

    [GeneratedRegex(@"'shape': \(([^()]{0,200})\)")]
    private static partial Regex Shape();
}
