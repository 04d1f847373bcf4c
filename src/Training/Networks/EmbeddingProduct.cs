namespace GanPipeline.Training.Networks;

/// <summary>The features times a learned vector of the class, element by element: how the class enters the generator of an AC-GAN.</summary>
internal sealed class EmbeddingProduct : LabelInput
{
    /// <summary>Makes the input with vectors drawn from N(0, 1).</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="features">Length of each vector: that of the features.</param>
    /// <param name="device">Where the networks live.</param>
    public EmbeddingProduct(int classes, long features, Device device) : base(nameof(EmbeddingProduct))
    {
        Table = new ClassVectors(classes, features, device);
        register_module("table", Table);
    }

    /// <summary>The vectors, [classes, features].</summary>
    public ClassVectors Table { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features, Tensor label) => features * Table.call(label);
}
