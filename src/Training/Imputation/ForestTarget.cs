namespace GanPipeline.Training.Imputation;

/// <summary>What a forest learns: a number a row, or a class a row.</summary>
/// <param name="Column">The column that it is, which no tree looks at.</param>
/// <param name="Numbers">[rows] numbers; null for classes.</param>
/// <param name="Classes">[rows] classes from 0; null for numbers.</param>
/// <param name="Width">Numbers of a guess: 1 for numbers, one a class otherwise.</param>
internal sealed record ForestTarget(int Column, float[]? Numbers, int[]? Classes, int Width);
