namespace GanPipeline.Evaluation;

/// <summary>Size of an image whose values lie channel by channel, row by row.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one image.</summary>
    public int Size => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Channels} x {Height} x {Width}";
}
