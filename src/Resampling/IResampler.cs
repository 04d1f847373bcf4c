using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>A method that generates new rows of a class out of the class's own rows.</summary>
internal interface IResampler
{
    /// <summary>Looks at the rows of one class.</summary>
    /// <param name="rows">All rows of the class, at least one: what distances are measured by.</param>
    INewRows Of(MixedRows rows);
}

/// <summary>
/// New rows of one class, as recipes: of which rows each is made, and where between them it lies. Whoever holds the columns follows them with numbers and
/// categories of whatever type. Not for use by several threads at once.
/// </summary>
internal interface INewRows
{
    /// <summary>The method, as messages name it: <c>SMOTE</c>, <c>random over-sampling</c>.</summary>
    string Method { get; }

    /// <summary>Row number <paramref name="index"/> of the stream of <paramref name="seed"/>: the same one whatever was asked for before.</summary>
    NewRow Row(ulong seed, long index);
}
