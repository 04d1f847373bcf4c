namespace GanPipeline.Tables.Forests;

/// <summary>What a forest learns: a number a row, or one class a row or several.</summary>
internal sealed class ForestTarget
{
    private ForestTarget(int column, float[]? numbers, IReadOnlyList<(int[] Classes, int Count)> outputs) =>
        (Column, Numbers, Outputs) = (column, numbers, outputs);

    /// <summary>The column that it is, which no tree looks at; -1 where it is none of them.</summary>
    public int Column { get; }

    /// <summary>[rows] numbers; null for classes.</summary>
    public float[]? Numbers { get; }

    /// <summary>Classes from 0, [rows] each, and how many there are; none for numbers.</summary>
    public IReadOnlyList<(int[] Classes, int Count)> Outputs { get; }

    /// <summary>Numbers of a guess: 1 for numbers, one a class otherwise.</summary>
    public int Width => Numbers is null ? Outputs.Sum(o => o.Count) : 1;

    /// <summary>Numbers.</summary>
    /// <param name="column">The column that they are.</param>
    /// <param name="numbers">[rows] numbers.</param>
    public static ForestTarget OfNumbers(int column, float[] numbers) => new(column, numbers, []);

    /// <summary>Classes; of several at once the mean of their impurities is what splits lower.</summary>
    /// <param name="column">The column that they are; -1 for none.</param>
    /// <param name="outputs">Classes from 0, [rows] each, and how many there are.</param>
    public static ForestTarget OfClasses(int column, IReadOnlyList<(int[] Classes, int Count)> outputs) => new(column, null, outputs);
}
