using System.Globalization;
using GanPipeline.Images;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using Microsoft.ML;
using SkiaSharp;

namespace GanPipeline.Stages;

/// <summary>
/// A folder with a sub-folder of pictures a class. Balanced, it is another such folder: the training part's files as they are, and added ones beside them, of
/// the generator's size.
/// </summary>
internal sealed class PictureFolder : ILabelledData
{
    private readonly string _folder;
    private readonly int _channels, _rows, _columns;
    private readonly Lazy<LabelledRows> _pictures;

    /// <summary>Pictures as a generator of such would have them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="generator">What the generator says of itself.</param>
    /// <param name="stage">Hears what pictures lost.</param>
    /// <exception cref="UserErrorException">It does not generate square pictures.</exception>
    public PictureFolder(string folder, GeneratorInfo generator, StageContext stage)
    {
        (_folder, _channels, _rows, _columns) = generator.SampleShape is [var channels and (1 or 3), var rows, var columns] && rows == columns
            ? (folder, channels, rows, columns) : throw new UserErrorException($"{folder}: it holds pictures, and the generator makes samples of " +
                $"[{string.Join(", ", generator.SampleShape)}]; name the data that it was trained on.");
        _pictures = new(() =>
        {
            using Dataset data = TrainStage.Load(new FolderDataOptions { Size = _rows, Channels = _channels, Test = 0 }, folder, DataSplit.Train, 0, stage);
            return LabelledRows.Of(data);
        });
    }

    public IDataView View(MLContext context, CancellationToken stop) => _pictures.Value.View(context);

    public bool IsFolder => true;

    public void CheckTarget(string path, bool force)
    {
        if (AtomicFile.IsStream(path)) throw UserErrorException.Usage($"--out {path}: pictures go into a folder, and a stream is none; name a folder.");
        if (File.Exists(path)) throw UserErrorException.Usage($"--out {path}: it is a file; name a new or empty folder.");
        string within = Path.GetRelativePath(_folder, path);
        if (within != ".." && !within.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(within))
            throw UserErrorException.Usage($"--out {path}: it lies in {_folder}, where it would be a class; name a folder elsewhere.");
        // What is there may be anybody's pictures: --force does not remove them.
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(entry => !AtomicFile.IsUnfinishedName(Path.GetFileName(entry))))
            throw UserErrorException.Usage($"--out {path}: files are there already; name a new or empty folder.");
    }

    public void Write(string path, IEnumerable<LabelledRow> added, CancellationToken stop)
    {
        ImageTree tree = ImageTree.Read(_folder, DataSplit.Train, testShare: 0, skipped: null);
        foreach (string name in tree.ClassNames) Directory.CreateDirectory(Path.Combine(path, name));
        foreach (ImageFile file in tree.Files)
        {
            stop.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(path, tree.ClassNames[file.Class], Path.GetFileName(file.Path)),
                stream => stream.Write(ImageDecoder.Read(file.Path)));
        }
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (LabelledRow row in added)
        {
            stop.ThrowIfCancellationRequested();
            string target;
            do target = Path.Combine(path, row.Label, Name(numbers[row.Label] = numbers.GetValueOrDefault(row.Label) + 1));
            while (File.Exists(target)); // one that was up-sampled before has such names
            using SKBitmap picture = ImageGrid.Compose(Array.ConvertAll(row.Features, SampleWriters.Pixel), _channels, _rows, _columns, columns: 1, padding: 0);
            PngFile.Write(target, picture);
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"generated-{number:D6}.png");
}
