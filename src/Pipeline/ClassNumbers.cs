using System.Globalization;

namespace GanPipeline.Stages;

/// <summary>Files whose classes are numbers (IDX, NPY): they have no names to go by, so a class is the one at that place.</summary>
internal static class ClassNumbers
{
    private const int Listed = 20;

    /// <summary>Says which classes the numbers are taken for, where that is not plain.</summary>
    /// <param name="path">The file or folder that has numbers.</param>
    /// <param name="whose">Whose classes they are taken for: <c>data</c>, <c>generator</c>.</param>
    /// <param name="names">These classes' names.</param>
    /// <param name="context">Hears it.</param>
    public static void Say(string path, string whose, IReadOnlyList<string> names, StageContext context)
    {
        if (!names.Where((name, i) => name != i.ToString(CultureInfo.InvariantCulture)).Any()) return;
        context.Note($"{path}: its classes are numbers, which are taken for the places of the {whose}'s classes: " +
            $"{string.Join(", ", names.Take(Listed).Select((name, i) => $"{i} is '{name}'"))}{(names.Count > Listed ? ", ..." : "")}");
    }
}
