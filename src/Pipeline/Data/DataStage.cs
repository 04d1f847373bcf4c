using GanPipeline.Datasets;
using GanPipeline.Primitives;

namespace GanPipeline.Stages;

/// <summary>Known data sets: whether a folder holds one, and getting one.</summary>
internal static class DataStage
{
    public static CheckResult Check(CheckOptions options, StageContext context)
    {
        FolderCheck check = options.Name is null ? FolderCheck.Of(options.Folder, context.Stop)
            : FolderCheck.Of(options.Folder, Fetchable(options.Name), context.Stop);
        return new CheckResult(check.Set.Name, [.. check.Files.Select(f => (f.Name, f.State switch
        {
            FileState.Right => DataFileState.Right,
            FileState.Wrong => DataFileState.Differs,
            _ => DataFileState.Missing,
        }))]);
    }

    public static async Task<FetchResult> Fetch(FetchOptions options, StageContext context)
    {
        KnownSet set = Fetchable(options.Name);
        if (options.Patience <= TimeSpan.Zero || options.Patience > TimeSpan.FromDays(1))
            throw UserErrorException.Usage("--patience: seconds above 0 and at most 86400 are needed.");
        Uri[] mirrors = [.. options.Mirrors.Select(Address), .. set.Mirrors];
        OutputFiles.CheckFolder(options.Out);
        Directory.CreateDirectory(options.Out);
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("gan-pipeline");
        var fetcher = new FileFetcher(client, options.Patience);
        context.Host.Remedy = "The same command goes on where it stopped.";
        foreach (KnownFile file in set.Files)
        {
            await fetcher.FetchAsync(file, mirrors, options.Out, received => context.Progress?.Report(new WorkProgress(file.Name, received, file.Bytes)),
                context.Note, context.Stop);
        }
        return new FetchResult(set.Name, options.Out, [.. set.Files.Select(f => Path.Combine(options.Out, f.Name))], set.Licence, set.Origin);
    }

    private static KnownSet Fetchable(string name)
    {
        var set = KnownSets.Named(name);
        return set.Files.Count > 0 ? set : throw new UserErrorException($"{name}: it cannot be fetched freely; {set.ByHand} ({set.Origin}).");
    }

    private static Uri Address(string text) => Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? address)
        && address.Scheme is "http" or "https" ? address
        : throw UserErrorException.Usage($"--mirror {text}: an address that starts with http:// or https:// is needed.");
}
