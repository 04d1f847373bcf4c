using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Cli.Stages;

/// <summary>A labelled data set on disk that can be read and written again with more rows.</summary>
internal interface ILabelledData
{
    LabelledRows Read();

    /// <summary>Refuses a target that cannot be written or would overwrite something.</summary>
    void CheckTarget(string path);

    void Write(string path, LabelledRows original, LabelledRows added);
}

/// <summary>Chooses the format by what the path names.</summary>
internal static class LabelledData
{
    public static ILabelledData For(string path, string label, string? syntheticColumn, IReadOnlyList<string> classNames) => Directory.Exists(path)
        ? syntheticColumn is null ? new IdxFolder(path, classNames)
            : throw new UserErrorException($"--synthetic-column {syntheticColumn}: {path} is a folder of IDX files, which have no columns; leave it out.")
        : Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? new CsvTable(path, label, syntheticColumn)
        : throw new UserErrorException($"{path}: it is neither a folder of IDX files nor a .csv file; name one of these.");
}

/// <summary>A folder with MNIST's file names. Its labels are class indices and have no names of their own, so the generator's class names are theirs.</summary>
internal sealed class IdxFolder(string folder, IReadOnlyList<string> classNames) : ILabelledData
{
    private (int Rows, int Columns) _size;

    public LabelledRows Read()
    {
        using Dataset data = new IdxDataOptions { Classes = [.. classNames] }.Load(folder, DataSplit.Train, 0);
        _size = ((int)data.Format.Shape[1], (int)data.Format.Shape[2]);
        return LabelledRows.Of(data);
    }

    public void CheckTarget(string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())) throw new UserErrorException($"--out {path}: it is already there; name a new or empty folder.");
    }

    public void Write(string path, LabelledRows original, LabelledRows added)
    {
        Directory.CreateDirectory(path);
        int count = original.Count + added.Count;
        LabelledRows[] parts = [original, added];
        IdxFile.WriteImages(Path.Combine(path, "train-images-idx3-ubyte"), count, _size.Rows, _size.Columns,
            parts.SelectMany(p => Enumerable.Range(0, p.Count).Select(i => (ReadOnlyMemory<byte>)Array.ConvertAll(p.Row(i).ToArray(), SampleWriters.Pixel))));
        IdxFile.WriteLabels(Path.Combine(path, "train-labels-idx1-ubyte"), count, parts.Select(p => (ReadOnlyMemory<byte>)Array.ConvertAll(p.Labels, l => (byte)l)));
    }
}

/// <summary>A CSV file with a header: one class column, and numbers in all others. Rows that were there are written again byte for byte.</summary>
internal sealed class CsvTable(string path, string label, string? syntheticColumn) : ILabelledData
{
    // A reader takes whatever line ends the file has; only a writer has to be told.
    private static readonly CsvConfiguration Reading = new(CultureInfo.InvariantCulture), Writing = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private string[] _header = [];

    public LabelledRows Read()
    {
        if (!File.Exists(path)) throw new UserErrorException($"{path}: no such file.");
        using var csv = new CsvReader(new StreamReader(path), Reading);
        try { return Read(csv); }
        catch (CsvHelperException e) { throw new UserErrorException($"{path} line {csv.Parser.Row}: not readable as CSV ({e.Message.Split('\n')[0]}).", e); }
    }

    private LabelledRows Read(CsvReader csv)
    {
        if (!csv.Read() || !csv.ReadHeader()) throw new UserErrorException($"{path}: it is empty; a header line with column names is needed.");
        _header = csv.HeaderRecord!;
        int labelColumn = Array.IndexOf(_header, label);
        if (labelColumn < 0) throw new UserErrorException($"{path}: no column '{label}'; it has {string.Join(", ", _header.Take(20))}. Name the class column with --label.");
        if (_header.Contains(syntheticColumn)) throw new UserErrorException($"--synthetic-column {syntheticColumn}: {path} has a column of that name; choose another.");
        var values = new List<float>();
        var labels = new List<long>();
        var classes = new List<string>();
        var index = new Dictionary<string, long>(StringComparer.Ordinal);
        while (csv.Read())
        {
            if (csv.Parser.Count != _header.Length) throw new UserErrorException($"{path} line {csv.Parser.RawRow}: {csv.Parser.Count} fields, but the header has {_header.Length}.");
            for (int i = 0; i < _header.Length; i++)
            {
                string text = csv.Parser[i];
                if (i != labelColumn) values.Add(float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value
                    : throw new UserErrorException($"{path} line {csv.Parser.RawRow}, column '{_header[i]}': '{text}' is not a finite number; only numeric columns can be up-sampled so far."));
                else if (index.TryGetValue(text, out long known)) labels.Add(known);
                else
                {
                    labels.Add(index[text] = classes.Count);
                    classes.Add(text);
                }
            }
        }
        return labels.Count > 0 ? new LabelledRows([.. values], _header.Length - 1, [.. labels], classes) : throw new UserErrorException($"{path}: it has a header but no rows.");
    }

    public void CheckTarget(string target)
    {
        if (Directory.Exists(target)) throw new UserErrorException($"--out {target}: it is a folder; name a .csv file.");
        if (Path.GetFullPath(target) == Path.GetFullPath(path)) throw new UserErrorException($"--out {target}: it is the input itself; name another file.");
    }

    public void Write(string target, LabelledRows original, LabelledRows added) => AtomicFile.Write(target, stream =>
    {
        using (FileStream source = File.OpenRead(path))
        {
            if (syntheticColumn is null) source.CopyTo(stream);
            else CsvColumn.Append(source, stream, syntheticColumn, "0");
            source.Seek(-1, SeekOrigin.End);
            if (source.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }
        using var csv = new CsvWriter(new StreamWriter(stream, leaveOpen: true), Writing);
        for (int row = 0; row < added.Count; row++)
        {
            int next = 0;
            foreach (string column in _header)
            {
                if (column == label) csv.WriteField(added.ClassNames[(int)added.Labels[row]]);
                else csv.WriteField(added.Row(row).Span[next++]);
            }
            if (syntheticColumn is not null) csv.WriteField("1");
            csv.NextRecord();
        }
    });
}
