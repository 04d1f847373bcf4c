namespace GanPipeline.TorchSharpFacts.Tests;

public sealed class TensorFacts
{
    /// <summary>Player and PrivateOptions clip by norm(2f).</summary>
    [Fact]
    public void Norm_of_an_integer_takes_it_for_a_dimension()
    {
        Tensor x = tensor(new float[,] { { 3, 0 }, { 4, 0 } });
        Assert.Equal(5f, x.norm(2f).item<float>());
        Assert.Equal([5f, 0f], x.norm(0).data<float>().ToArray());
        Assert.ThrowsAny<Exception>(() => x.norm(2)); // dimension 2, which is not there
    }

    /// <summary>GeneratorParity scales the tensor in place and then feeds the array to the other runtime.</summary>
    [Fact]
    public void A_tensor_copies_its_array()
    {
        float[] source = [1, 2];
        tensor(source, [2]).mul_(5);
        Assert.Equal([1f, 2f], source);
    }

    /// <summary>What src reads out it converts before. A network without batch norm has no buffers, and its checkpoint reads them all the same.</summary>
    [Fact]
    public void Numbers_are_read_as_the_exact_type_in_the_order_of_the_shape_and_there_may_be_none()
    {
        Assert.Throws<ArgumentException>(() => tensor(1.5).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Equal([0L, 2L, 4L, 1L, 3L, 5L], arange(6).reshape(3, 2).t().data<long>().ToArray());
        Assert.Empty(zeros(0).data<float>().ToArray());
    }

    /// <summary>Devices.SetPrecision sets both: left alone, convolutions on CUDA would compute in TF32 whatever the preset says.</summary>
    [Fact]
    public void TF32_is_allowed_for_cuDNN_from_the_start() => Assert.Equal((false, true), (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32));

    /// <summary>TrainingInFit gives the program its number back.</summary>
    [Fact]
    public void The_number_of_threads_is_what_was_set()
    {
        int before = get_num_threads();
        set_num_threads(before + 1);
        Assert.Equal(before + 1, get_num_threads());
        set_num_threads(before);
    }
}
