using System.Text;

namespace GanPipeline.MlNet;

/// <summary>What up-sampling did to a class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Before">Its real rows.</param>
/// <param name="Added">Rows added to it.</param>
public sealed record UpsampledClass(string Name, int Before, int Added)
{
    /// <summary>Its rows in all.</summary>
    public int After => Before + Added;

    /// <summary>Added rows whose features equal those of a real row of the class or of an earlier added one; null where it was not asked for.</summary>
    public int? Duplicates { get; init; }

    /// <summary>
    /// Share (0 to 1) of the added rows, of at most 5000 of them, that a classifier of the real rows takes for this class; null where it was not asked for, or
    /// where there is but one class. The classifier errs too: see what it predicts for SMOTE's rows before blaming a generator.
    /// </summary>
    public double? ClassAccuracy { get; init; }
}

/// <summary>What up-sampling did.</summary>
/// <param name="Resampler">Where the added rows come from.</param>
/// <param name="Seed">Seed of the added rows.</param>
/// <param name="Classes">The classes in the order in which the data has them.</param>
/// <param name="Unlabelled">Rows without a label, which are kept and not counted in any class.</param>
public sealed record UpsamplingReport(string Resampler, ulong Seed, IReadOnlyList<UpsampledClass> Classes, int Unlabelled)
{
    /// <summary>
    /// Columns of which the added rows have no value, since the generator was not trained on them: IDs and free text. A number is NaN there, a text empty, and
    /// a
    /// whole number or a Boolean, which cannot be missing, 0 or false.
    /// </summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>What else was found out, printed behind the classes; null if nothing.</summary>
    internal object? Appendix { get; init; }

    /// <summary>Rows added in all.</summary>
    public int Added => Classes.Sum(c => c.Added);

    /// <summary>A table of one line a class.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"up-sampling with {Resampler}, seed {Seed}: {Added} rows added\n");
        int width = Math.Max(5, Classes.Max(c => c.Name.Length));
        bool evaluated = Classes.Any(c => c.Duplicates is not null);
        text.Append($"{"class".PadRight(width)}  {"before",9}  {"added",9}  {"after",9}{(evaluated ? $"  {"duplicates",10}  {"recognised",10}" : "")}\n");
        foreach (UpsampledClass c in Classes)
        {
            text.Append($"{c.Name.PadRight(width)}  {c.Before,9}  {c.Added,9}  {c.After,9}");
            text.Append(evaluated ? FormattableString.Invariant($"  {c.Duplicates,10}  {c.ClassAccuracy,10:P1}").TrimEnd() : "").Append('\n');
        }
        if (Unlabelled > 0)
            text.Append($"{Unlabelled} rows have no label; they are kept and belong to no class\n");
        if (Empty.Count > 0)
            text.Append($"added rows have no value in {string.Join(", ", Empty)}: the generator was not trained on {(Empty.Count == 1 ? "it" : "them")}\n");
        text.Append(Appendix);
        return text.ToString().TrimEnd('\n');
    }
}
