using System.Diagnostics;

namespace GanPipeline.Export.Tests;

/// <summary>ONNX's own checker judges our files, where Python has it (Debian: python3-onnx).</summary>
public class OnnxCheckerTests
{
    private const string Program = """
        import sys, onnx
        from onnx import checker, shape_inference
        model = onnx.load(sys.argv[1])
        checker.check_model(model, full_check=True)
        inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        assert model.ir_version == 8 and [(o.domain, o.version) for o in model.opset_import] == [("", 17)]
        known = {v.name: [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim] for v in list(inferred.graph.value_info) + list(inferred.graph.output)}
        for node in inferred.graph.node:
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
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => Start(p, "-c", "import onnx").ExitCode == 0);
        Assert.SkipWhen(python is null, "no Python with the onnx package is here (Debian: apt-get install python3-onnx)");
        using var folder = new TemporaryFolder();
        using var generator = system == "S4" ? Networks.MnistCgan() : Networks.Convolutional[system]();
        GeneratorExporter.Export(generator, Networks.Metadata, folder["g.onnx"]);
        var (exitCode, output) = Start(python!, "-c", Program, folder["g.onnx"]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(shape, output.Trim());
    }

    private static (int ExitCode, string Output) Start(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
