namespace GanPipeline.Training.Networks;

/// <summary>The noise that one generated row of a table takes: independent standard normal numbers, of which each part has its use.</summary>
/// <param name="latent">Length of the latent vector.</param>
/// <param name="slots">Slots of an encoded row.</param>
/// <param name="startsFromRow">Whether rows start from real ones.</param>
internal sealed class TableNoise(long latent, long slots, bool startsFromRow)
{
    /// <summary>The latent vector, which the layers take.</summary>
    public ColumnRange Latent { get; } = new(0, latent);

    /// <summary>Perturbations of the slots' logits, by which values are chosen.</summary>
    public ColumnRange Perturbations { get; } = new(latent, slots);

    /// <summary>What chooses a real row and how far to go from it (<see cref="RealRowStart"/>); empty where rows start from nothing.</summary>
    public ColumnRange Start { get; } = new(latent + slots, startsFromRow ? RealRowStart.NoiseSize : 0);

    /// <summary>All of it.</summary>
    public ColumnRange Whole => new(0, Start.End);

    /// <summary>Numbers in all parts.</summary>
    public long Size => Start.End;
}
