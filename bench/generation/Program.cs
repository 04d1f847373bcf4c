// Measures generation; see run.sh beside this file.
using GanPipeline.Bench.Generation;

string folder = Directory.CreateTempSubdirectory("gan-bench-").FullName;
try
{
    switch (args)
    {
        case ["speed"]:
            Speed.Table([Files.Moons(folder), Files.Digit(folder), Files.Dcgan(folder)]);
            break;
        case ["speed", .. var files]:
            Speed.Table(files);
            break;
        case ["files", var target]:
            Console.WriteLine(Files.Moons(target));
            Console.WriteLine(Files.Digit(target));
            break;
        default:
            Console.Error.WriteLine("usage: generation speed [GENERATOR.onnx ...] | files FOLDER");
            return 1;
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

return 0;
