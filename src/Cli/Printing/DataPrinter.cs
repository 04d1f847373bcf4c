using GanPipeline.Datasets;

namespace GanPipeline.Cli.Printing;

/// <summary>Prints known data sets, and what became of one.</summary>
internal static class DataPrinter
{
    public static void PrintKnown()
    {
        foreach (KnownSet set in KnownSets.All) StagePrinter.Print(set);
        Screen.Say("Generated from the seed, without files: moons, ring and grid ('data: { kind: moons }' and so on).");
        Screen.Say("Get a set with 'gan data fetch NAME --out DIR', check one with 'gan data check DIR'.");
    }

    public static void Print(KnownSet set)
    {
        Screen.Say($"{set.Name}: {set.About}");
        Screen.Say($"  from      {set.Origin}");
        Screen.Say($"  licence   {set.Licence}");
        Screen.Say($"  used by   {set.Use}");
        Screen.Say(set.ByHand is { } byHand ? $"  by hand:  {byHand}" : $"  {set.Files.Sum(f => f.Bytes) / 1_000_000} MB in {set.Files.Count} files at");
        foreach (Uri mirror in set.Mirrors) Screen.Say($"            {mirror}");
        Screen.Say("");
    }

    public static void Print(CheckResult result)
    {
        Screen.Table(["file", "SHA-256"], result.Files.Select(f => new[] { f.File, f.State.ToString().ToLowerInvariant() }));
        if (result.IsRight) Screen.Say($"it is {result.Name}, whole and right.");
    }

    public static void Print(FetchResult result)
    {
        Screen.Say($"{result.Folder}: {result.Name}, {result.Files.Count} files, all with the right SHA-256. Train with --data {result.Folder}.");
        Screen.Say($"Licence: {result.Licence}. Source: {result.Source}");
    }
}
