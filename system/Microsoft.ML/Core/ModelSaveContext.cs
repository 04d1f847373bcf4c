using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>A place in a model file, which is a zip archive with one entry per transformer. Its format is the stand-in's own.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string EntryName = "Model.bin";

    private readonly ZipArchive _archive;
    private readonly string _path;
    private bool _written;

    private ModelSaveContext(ZipArchive archive, string path) => (_archive, _path) = (archive, path);

    internal static void Save(ZipArchive archive, ICanSaveModel model, string path)
    {
        using var context = new ModelSaveContext(archive, path);
        model.Save(context);
        if (!context._written)
            throw new InvalidOperationException("ModelSignature not specified!");
    }

    internal void Write(string signature, Action<BinaryWriter> write)
    {
        using var writer = new BinaryWriter(_archive.CreateEntry($"{_path}/{EntryName}").Open(), Encoding.UTF8);
        writer.Write(signature);
        write(writer);
        _written = true;
    }

    internal void SaveModel(ICanSaveModel model, string name) => Save(_archive, model, $"{_path}/{name}");

    public void Dispose()
    {
    }
}
