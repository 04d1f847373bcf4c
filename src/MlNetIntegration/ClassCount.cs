namespace GanPipeline.MlNet;

/// <summary>A class and the number of its rows.</summary>
/// <param name="Name">The class's name: its text, the value of its key, <c>True</c> or <c>False</c>, or the number in invariant culture.</param>
/// <param name="Count">Rows of this class.</param>
internal readonly record struct ClassCount(string Name, int Count);
