namespace GanPipeline.Report.Charts;

/// <summary>One line of a <see cref="LineChart"/>; a value that is not finite leaves a gap.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Places to the right, ascending.</param>
/// <param name="Y">A value for each.</param>
internal sealed record Series(string Name, double[] X, double[] Y);

/// <summary>One bar with its 95 % interval, if it has one.</summary>
internal readonly record struct Bar(double Value, double Low = double.NaN, double High = double.NaN);

/// <summary>A picture of numbers, drawn as SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">The same in words, for those who do not see it.</param>
internal abstract record Chart(string Title, string Description)
{
    public const int Width = 420; // little more than a phone shows, so that texts can be read there

    /// <summary>Height in the units of <see cref="Width"/>.</summary>
    public abstract int Height { get; }

    public abstract void Draw(Svg svg);
}
