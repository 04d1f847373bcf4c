using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class DataTests
{
    [Fact]
    public void ItemAsksForTheExactType()
    {
        Assert.Equal(1.5f, tensor(1.5f).item<float>());
        Assert.Throws<ArgumentException>(() => tensor(1.5).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Equal(1.5f, tensor(1.5).ToSingle());
    }

    [Fact]
    public void BytesAreTheTensorsMemory()
    {
        Tensor x = zeros(2);
        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 3;
        Assert.Equal(3f, x[1].item<float>());
        x.bytes = MemoryMarshal.AsBytes<float>(new float[] { 8, 9 }.AsSpan());
        Assert.Equal([8f, 9f], x.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void AccessorsReadAndWrite()
    {
        Tensor x = zeros(2, 2);
        var access = x.data<float>();
        access[1, 0] = 5;
        Assert.Equal(4, access.Count);
        Assert.Equal([0f, 0f, 5f, 0f], access.ToArray());
        Assert.Equal(5f, ((float[,])access.ToNDArray())[1, 0]);
        access.CopyFrom([1, 2, 3, 4]);
        var part = new float[3];
        access.CopyTo(part, 0, 1);
        Assert.Equal([2f, 3f, 4f], part);
        Assert.Equal(10f, access.Sum());
        Assert.ThrowsAny<Exception>(() => access[4]);
    }

    [Fact]
    public void SavedTensorsComeBack()
    {
        string path = Path.GetTempFileName();
        try
        {
            Tensor x = randn(3, 4, dtype: float64);
            save(x, path);
            Tensor loaded = load(path);
            Assert.Equal(ScalarType.Float64, loaded.dtype);
            Assert.Equal(x, loaded);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void StreamsHoldTypeShapeAndBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Tensor x = arange(300).reshape(2, 150);
        x.Save(writer);
        Assert.Equal(1 + 1 + 1 + 2 + 2400, stream.Length);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Assert.Equal(x, TensorExtensionMethods.Load(reader));
        stream.Position = 0;
        Tensor target = zeros(2, 150, dtype: int64);
        target.Load(reader);
        Assert.Equal(x, target);
        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => zeros(2, 150).Load(reader));
        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => zeros(3, 100, dtype: int64).Load(reader));
    }

    [Fact]
    public void Devices()
    {
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal("cuda", new Device("cuda").ToString());
        Assert.Equal((DeviceType.CUDA, 1), (new Device("cuda", 1).type, new Device("cuda:1").index));
        Assert.Equal(DeviceType.CPU, ones(1).device_type);
        Assert.Equal("cpu", ones(1).device.ToString());
        Assert.Throws<ArgumentException>(() => new Device("toaster"));
        Tensor same = ones(1).to(CPU);
        Assert.Equal(1f, same.cpu().item<float>());
    }

    [Fact]
    public void TextSaysWhatItIs() => Assert.Equal("[2x3], type = Float32, device = cpu", zeros(2, 3).ToString());

    [Fact]
    public void ThreadsCanBeSet()
    {
        int before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
    }

    [Fact]
    public void Tf32CanBeAllowedAndForbidden()
    {
        (bool matmul, bool cudnn) = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        foreach (bool allowed in new[] { true, false })
        {
            backends.cuda.matmul.allow_tf32 = allowed;
            Assert.Equal(allowed, backends.cuda.matmul.allow_tf32);
            backends.cudnn.allow_tf32 = !allowed;
            Assert.Equal(!allowed, backends.cudnn.allow_tf32);
        }
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (matmul, cudnn);
    }

    [Fact]
    public void ErrorsCarryLibtorchsWords()
    {
        Assert.Contains("shape '[5]' is invalid for input of size 6", Assert.Throws<ExternalException>(() =>
            ones(6).view(5)).Message, StringComparison.Ordinal);
        Assert.Contains("must match the size of tensor b", Assert.Throws<ExternalException>(() => ones(2) + ones(3)).Message, StringComparison.Ordinal);
        Assert.Contains("Sizes of tensors must match", Assert.Throws<ExternalException>(() => cat([ones(1, 2), ones(1, 3)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADisposedTensorIsInvalid()
    {
        Tensor x = ones(1);
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.ThrowsAny<InvalidOperationException>(() => x.Handle);
        Assert.ThrowsAny<InvalidOperationException>(() => x.add(1));
    }
}
