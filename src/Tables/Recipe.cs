using System.Globalization;
using System.Text.Json.Serialization;

namespace GanPipeline.Tables;

/// <summary>How the values of a column follow from those of others. A value is missing where one that it is computed from is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CopyRecipe), "copy")]
[JsonDerivedType(typeof(LinearRecipe), "linear")]
[JsonDerivedType(typeof(ProductRecipe), "product")]
[JsonDerivedType(typeof(RatioRecipe), "ratio")]
[JsonDerivedType(typeof(MapRecipe), "map")]
internal abstract record Recipe
{
    /// <summary>The columns that it computes from, each once.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Sources { get; }

    /// <summary>The recipe as a formula over the columns' names.</summary>
    [JsonIgnore]
    public abstract string Formula { get; }

    /// <summary>Whether its parts go together.</summary>
    internal virtual bool Fits() =>
        Sources.Count > 0 && Sources.All(name => name is not null) && Sources.Distinct(StringComparer.Ordinal).Count() == Sources.Count;

    private protected static string Quoted(string name) => $"'{name}'";

    private protected static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A recipe of numbers, in double.</summary>
internal abstract record NumberRecipe : Recipe
{
    /// <summary>The number, not rounded yet.</summary>
    /// <param name="sources">The numbers of <see cref="Recipe.Sources"/> in a row; NaN where one is missing.</param>
    public abstract double Compute(ReadOnlySpan<double> sources);
}

/// <summary>The same as another column: text or number.</summary>
/// <param name="Source">The other column.</param>
internal sealed record CopyRecipe(string Source) : Recipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Sources => [Source];

    /// <inheritdoc/>
    public override string Formula => Quoted(Source);
}

/// <summary>A weighted sum: of two columns, of the parts of a total, or another unit of one column.</summary>
/// <param name="Terms">The columns.</param>
/// <param name="Weights">What each is multiplied by; not 0.</param>
/// <param name="Constant">What is added.</param>
internal sealed record LinearRecipe(IReadOnlyList<string> Terms, IReadOnlyList<double> Weights, double Constant) : NumberRecipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Sources => Terms;

    /// <inheritdoc/>
    public override string Formula => string.Concat(Terms.Select((name, i) => Term(Weights[i], Quoted(name), i == 0)))
        + (Constant == 0 ? "" : $" {(Constant < 0 ? "-" : "+")} {Text(Math.Abs(Constant))}");

    /// <inheritdoc/>
    public override double Compute(ReadOnlySpan<double> sources)
    {
        double sum = Weights[0] * sources[0];
        for (int i = 1; i < sources.Length; i++) sum += Weights[i] * sources[i];
        return Constant == 0 ? sum : sum + Constant;
    }

    /// <inheritdoc/>
    internal override bool Fits() =>
        base.Fits() && Weights.Count == Terms.Count && Weights.All(weight => double.IsFinite(weight) && weight != 0) && double.IsFinite(Constant);

    private static string Term(double weight, string name, bool first) => (first ? weight < 0 ? "-" : "" : weight < 0 ? " - " : " + ")
        + (Math.Abs(weight) == 1 ? name : $"{Text(Math.Abs(weight))} × {name}");
}

/// <summary>The product of two columns, or the square of one.</summary>
/// <param name="First">A column.</param>
/// <param name="Second">The other, or the same.</param>
/// <param name="Factor">What the product is multiplied by: 0.01 where one of the two is per cent.</param>
internal sealed record ProductRecipe(string First, string Second, double Factor) : NumberRecipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Sources => First == Second ? [First] : [First, Second];

    /// <inheritdoc/>
    public override string Formula => $"{Quoted(First)} × {Quoted(Second)}" + (Factor == 1 ? "" : $" × {Text(Factor)}");

    /// <inheritdoc/>
    public override double Compute(ReadOnlySpan<double> sources)
    {
        double product = sources[0] * sources[^1];
        return Factor == 1 ? product : product * Factor;
    }

    /// <inheritdoc/>
    internal override bool Fits() => base.Fits() && double.IsFinite(Factor) && Factor != 0;
}

/// <summary>One column divided by another, whose numbers are all above 0, or all below.</summary>
/// <param name="Numerator">What is divided.</param>
/// <param name="Denominator">By what.</param>
/// <param name="Factor">What the ratio is multiplied by: 100 for per cent.</param>
internal sealed record RatioRecipe(string Numerator, string Denominator, double Factor) : NumberRecipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Sources => [Numerator, Denominator];

    /// <inheritdoc/>
    public override string Formula => $"{Quoted(Numerator)} / {Quoted(Denominator)}" + (Factor == 1 ? "" : $" × {Text(Factor)}");

    /// <inheritdoc/>
    public override double Compute(ReadOnlySpan<double> sources)
    {
        double ratio = sources[0] / sources[1];
        return Factor == 1 ? ratio : ratio * Factor;
    }

    /// <inheritdoc/>
    internal override bool Fits() => base.Fits() && double.IsFinite(Factor) && Factor != 0;
}

/// <summary>The one value that goes with each value of a column of few values, or with each class.</summary>
/// <param name="Source">The column; its code has a slot for each value. Or the label.</param>
/// <param name="Values">The text that goes with each slot, or with each class; the empty one where the value is missing.</param>
internal sealed record MapRecipe(string Source, IReadOnlyList<string> Values) : Recipe
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Sources => [Source];

    /// <inheritdoc/>
    public override string Formula => $"the value that goes with {Quoted(Source)}";

    /// <inheritdoc/>
    internal override bool Fits() => base.Fits() && Values.Count > 0 && Values.All(value => value is not null);
}
