namespace GanPipeline.Evaluation.Metrics;

/// <summary>What a measure of quality is called, what its values mean, and where it comes from.</summary>
/// <param name="Name">The name in options and files, for example <c>frechet-distance</c>.</param>
/// <param name="Title">The name on a page, for example "Fréchet distance".</param>
/// <param name="Range">Which values there are, and in which unit: "0 to 1".</param>
/// <param name="Better">Which values are good.</param>
/// <param name="Paper">Where it is defined, with the section.</param>
/// <param name="By">Whether it also has numbers of single classes, columns or data.</param>
internal abstract record MetricDescriptor(string Name, string Title, string Range, Better Better, string Paper, Breakdown By)
{
    /// <summary>What the input must have, in a word or two each: "training rows".</summary>
    public abstract IEnumerable<string> NeedNames { get; }
}

/// <summary>What a metric has a number for beside the one for the whole.</summary>
internal enum Breakdown
{
    /// <summary>Nothing else.</summary>
    None,

    /// <summary>Each class.</summary>
    Classes,

    /// <summary>Each column.</summary>
    Columns,

    /// <summary>Each column, and each column of the rows of each class.</summary>
    ColumnsAndClasses,

    /// <summary>Other data, such as held-out rows beside the generated ones.</summary>
    Data,
}

/// <summary>Generated samples beside real ones: what metrics measure.</summary>
internal interface IComparison
{
    /// <summary>Seed of intervals, draws and classifiers.</summary>
    ulong Seed { get; }
}

/// <summary>Something that an input must have to be measured.</summary>
/// <param name="Name">In a word or two: "training rows".</param>
/// <param name="Lacking">Why an input cannot be measured, as a part of a sentence such as "the samples have no classes"; null where it can.</param>
internal sealed record Requirement<TInput>(string Name, Func<TInput, string?> Lacking)
{
    /// <summary>A requirement that is met or not.</summary>
    public static Requirement<TInput> That(string name, Func<TInput, bool> met, string reason) => new(name, input => met(input) ? null : reason);
}

/// <summary>A measure of quality over one kind of input: a line in the table of its family, with the function that measures.</summary>
/// <typeparam name="TInput">What it looks at: sets of feature vectors, tables, or methods.</typeparam>
/// <param name="Name">The name in options and files.</param>
/// <param name="Title">The name on a page.</param>
/// <param name="Range">Which values there are, and in which unit.</param>
/// <param name="Better">Which values are good.</param>
/// <param name="Paper">Where it is defined, with the section.</param>
/// <param name="By">Whether it also has numbers of single classes, columns or data.</param>
/// <param name="Needs">What the input must have.</param>
/// <param name="Numbers">Measures an input that has it; also takes the metric's name, which is the purpose of what it draws.</param>
internal sealed record MetricDescriptor<TInput>(string Name, string Title, string Range, Better Better, string Paper, Breakdown By,
    IReadOnlyList<Requirement<TInput>> Needs, Func<TInput, string, IEnumerable<Measurement>> Numbers)
    : MetricDescriptor(Name, Title, Range, Better, Paper, By) where TInput : IComparison
{
    /// <inheritdoc/>
    public override IEnumerable<string> NeedNames => Needs.Select(need => need.Name);

    /// <summary>Why this input cannot be measured, as a part of a sentence; null where it can.</summary>
    public string? Obstacle(TInput input) => Needs.Select(need => need.Lacking(input)).FirstOrDefault(reason => reason is not null);

    /// <summary>Measures. The same input gives the same results.</summary>
    /// <exception cref="UserErrorException">The input has too few samples, or numbers that are not finite.</exception>
    public IEnumerable<MetricResult> Measure(TInput input) => Numbers(input, Name).Select(number =>
    {
        Interval? interval = number.Interval?.Invoke(input.Seed, By == Breakdown.None ? Name : $"{Name} {number.Class}{number.Data}");
        return new MetricResult(Name, number.Value, Better, number.Sample)
        {
            Class = number.Class,
            Data = number.Data,
            Low = interval?.Low,
            High = interval?.High,
        };
    });
}
