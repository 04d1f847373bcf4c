namespace GanPipeline.Export.Tests;

/// <summary>ONNX's own checker checks our files, where Python has it (Debian: python3-onnx).</summary>
public class OnnxCheckerTests
{
    private const string Program = """
        import sys, onnx
        from onnx import checker, shape_inference
        model = onnx.load(sys.argv[1])
        checker.check_model(model, full_check=True)
        inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        assert model.ir_version == 8 and [o.domain for o in model.opset_import] == [""]
        known = {v.name: [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim] 
                 for v in list(inferred.graph.value_info) + list(inferred.graph.output)}
        for node in inferred.graph.node:
            if node.name.startswith("noise.") or node.name.endswith(".weight"):
                continue # how many samples there are, and weights that are unpacked, are no batch of anything
            for name in node.output:
                assert known[name][0] == "N" and all(isinstance(d, int) and d > 0 for d in known[name][1:]), (name, known.get(name))
        print([d.dim_param or d.dim_value for d in model.graph.output[0].type.tensor_type.shape.dim])
        """;

    [Theory]
    [InlineData("S4", "['N', 1, 28, 28]")]
    [InlineData("S5", "['N', 1, 32, 32]")]
    [InlineData("S6", "['N', 3, 64, 64]")]
    [InlineData("S7", "['N', 1, 28, 28]")]
    [InlineData("conditional resnet", "['N', 1, 28, 28]")]
    [InlineData("r3gan", "['N', 1, 28, 28]")]
    public void The_checker_accepts_a_file_and_infers_every_shape(string system, string shape)
    {
        using var folder = new TemporaryFolder();
        using var generator = system == "S4" ? Networks.MnistCgan() : Networks.Convolutional[system]();
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], new ExportOptions { Batches = [1, 7] });
        Assert.Equal(shape, Check(folder["g.onnx"]));
    }

    private static readonly Dictionary<string, ExportOptions> Variants = new()
    {
        ["bytes, truncated"] = new() { Bytes = true, LatentScale = 0.5 },
        ["clamped, oldest opset"] = new() { Clamp = true, Opset = ExportOptions.OldestOpset },
        ["noise inside"] = new() { NoiseInside = true },
        ["fp16"] = new() { Weights = WeightPrecision.Float16 },
        ["int8, other names"] = new() { Weights = WeightPrecision.Int8, Names = new() { Noise = "z", Sample = "image" } },
    };

    public static TheoryData<string> VariantNames => new(Variants.Keys);

    [Theory]
    [MemberData(nameof(VariantNames))]
    public void The_checker_accepts_what_the_options_make(string variant)
    {
        using var folder = new TemporaryFolder();
        using var generator = Networks.MnistCgan();
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"], Variants[variant] with { Batches = [1] });
        Assert.Equal("['N', 1, 28, 28]", Check(folder["g.onnx"]));
    }

    private static string Check(string path)
    {
        var python = Programs.PythonWithOnnx;
        Assert.SkipWhen(python is null, "no Python with the onnx package is here (Debian: apt-get install python3-onnx)");
        var (exitCode, output) = Programs.Run(python!, "-c", Program, path);
        Assert.True(exitCode == 0, output);
        return output.Trim();
    }
}
