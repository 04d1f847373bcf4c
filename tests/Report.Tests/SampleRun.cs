using System.Globalization;
using GanPipeline.Images;
using GanPipeline.Primitives;

namespace GanPipeline.Report.Tests;

/// <summary>A run folder with all that one can hold, made of a few formulas.</summary>
internal sealed class SampleRun : IDisposable
{
    public const string Nasty = "<b onclick=\"alert(1)\">&'</b>";

    /// <summary>Rows of quality.csv: four methods, of which the generator is the best by more than chance.</summary>
    public const string Methods = "classifier-macro-f1,as it is,,0.71,0.7,0.72,higher,5 classifiers\n" +
        "classifier-macro-f1,random over-sampling,,0.75,0.74,0.76,higher,5 classifiers\nclassifier-macro-f1,SMOTE,,0.76,0.75,0.77,higher,5 classifiers\n" +
        "classifier-macro-f1,generator,,0.8,0.79,0.81,higher,5 classifiers\nclassifier-recall,as it is,b,0.4,0.31,0.52,higher,5 classifiers\n" +
        "classifier-recall,SMOTE,b,0.45,0.33,0.55,higher,5 classifiers\nclassifier-recall,generator,b,0.5,0.4,0.6,higher,5 classifiers\n" + Gain + "\n";

    /// <summary>The last of <see cref="Methods"/>.</summary>
    public const string Gain = "classifier-gain,,,0.04,0.02,0.06,higher,over 'SMOTE'";

    private readonly TemporaryFolder _folder = new();

    public SampleRun(string name = "run", int epochs = 30)
    {
        Folder = _folder[name];
        Directory.CreateDirectory(Path.Combine(Folder, "samples"));
        Directory.CreateDirectory(Path.Combine(Folder, "pictures"));
        Write("options.yaml", $"system: small\nseed: {epochs}\ndata:\n  kind: idx\n  classes: [a, b]\ngenerator:\n  network: mlp\n  hidden:\n  - 64\n  - " +
            $"64\nregularizers:\n- name: r1\n  weight: 0.1\nbatch: 16\n");
        Write("run.csv", $"section,name,value\nrun,state,finished\nrun,command,gan run small.yaml --out run\nrun,again,gan run run/options.yaml --out " +
            $"run-again\ndata,name,\"{Nasty.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n" +
            $"data,kind,image\ndata,samples,160\ndata,SHA-256,{new string('7', 64)}\nenvironment,processor,A processor with a rather long name @ 3.14 " +
                $"GHz\nenvironment,cores,2\nwarnings,1,The discriminator wins: its accuracy is above 99 % since step 200.\n");
        Write("metrics.csv", Metrics(epochs));
        Write("quality.csv", "metric,data,class,value,low,high,better,sample\nfrechet-distance,,,12.345678,11.5,13.25,lower,1000 generated against 1000 test " +
            "images\n" +
            "recall,,,0.81234,0.79,0.83,higher,1000 generated\nkernel-distance,,,,,,lower,too few samples\nrecall,real,,0.97,0.96,0.98,higher,1000 test " +
                "images\nrecall,noise,,0.01,0,0.02,higher,1000 pictures of noise\nclass-accuracy,,a,0.99,0.98,1,higher,500 images\nclass-accuracy,,\""
                + Nasty.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",0.5,0.4,0.6,higher,500 images\n" +
            Methods);
        Write("classes.csv", "class,before,after\na,120,120\n\"" + Nasty.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",40,120\n");
        Write("cost.csv", "stage,seconds,samples,samples_per_second,peak_mib\ntraining,12.345,4800,388.8,210\nexport,0.5,,,250\n");
        for (int epoch = 10; epoch <= epochs; epoch += 10) Picture($"samples/epoch-{epoch:D4}.png", epoch);
        Picture("pictures/class-00.png", 1);
        Picture("pictures/class-01.png", 2);
        Picture("pictures/neighbours.png", 3);
        Write("pictures/classes.csv", "file,class\nclass-00.png,a\nclass-01.png,b\n");
        Write("pictures/neighbours.csv", "sample,distance\n1,3.25\n2,4.125\n");
    }

    /// <summary>A table's run: no pictures, and metrics of columns beside those of classes.</summary>
    public static SampleRun Table(string name)
    {
        var run = new SampleRun(name);
        Directory.Delete(run.In("samples"), recursive: true);
        Directory.Delete(run.In("pictures"), recursive: true);
        string[] columns = ["age", "workclass", "final weight", "education", "hours per week", "native country of origin"];
        run.Write("quality.csv", "metric,data,class,value,low,high,better,sample\ncorrelation-difference,,,0.042,0.03,0.05,lower,2000 generated against 2000 " +
            "test rows\n" +
            string.Concat(columns.Select((c, i) =>
                $"kolmogorov-smirnov,,{c},{(0.01 * (i + 1)).ToString(CultureInfo.InvariantCulture)},,,lower,2000 rows\n")) +
            "class-recall,,poor,0.8,0.7,0.9,higher,400 rows\nclass-recall,,rich,0.6,0.5,0.7,higher,100 rows\n" +
            "table-two-sample-test,,,0.71,0.68,0.74,lower,1000 rows\nmembership-inference,,,0.51,0.48,0.54,lower,800 training and 200 held-out rows\n" +
            Methods.Replace(Gain, "classifier-gain,,,-0.02,-0.05,0.01,higher,over 'SMOTE'", StringComparison.Ordinal)
                .Replace("generator,,0.8,0.79,0.81", "generator,,0.74,0.73,0.75", StringComparison.Ordinal));
        run.Write("quality-metrics.csv", "metric,title,paper\nkolmogorov-smirnov,Distance of a column,Somebody 1933\nclassifier-macro-f1,\"Macro F1, of five " +
            "classifiers\",Somebody else 1979\n");
        run.Write("columns.csv", "column,value,from,to,missing,real,generated\n" +
            string.Concat(Enumerable.Range(0, 24).Select(i =>
                FormattableString.Invariant($"final weight,,{12000 + 50000 * i},{12000 + 50000 * (i + 1)},,{(24 - i) / 310.0},{(i + 1) / 310.0}\n"))) +
            "final weight,,,,yes,0.0322580645,0.0322580645\n" +
            string.Concat(Enumerable.Range(0, 12).Select(i =>
                $"native country of origin,{(i == 0 ? "The United States of America" : i == 11 ? "30 others" : $"country {i}")},,,," +
                FormattableString.Invariant($"{(i == 0 ? 0.89 : 0.01)},{(i == 0 ? 0.78 : 0.02)}\n"))));
        run.Write("generated.csv", "age,workclass,final weight\n"
            + string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{20 + i},Private,{12285.5 * (i + 1)}\n"))));
        run.Write("run.csv", File.ReadAllText(run.In("run.csv")).Replace("data,kind,image", "data,kind,table", StringComparison.Ordinal));
        run.Write("classes.csv", "class,before,after\npoor,24720,24720\nrich,7841,24720\n");
        return run;
    }

    public string Folder { get; }

    public string In(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text) => File.WriteAllText(In(name), text);

    /// <summary>Ten steps an epoch, a row each; the quality is measured at every tenth row, and one gradient is not finite.</summary>
    public static string Metrics(int epochs) =>
        "epoch,step,d_loss,g_loss,real_score,fake_score,d_accuracy,d_gradient_norm,g_gradient_norm,quality,samples_per_second,resident_mib\n" +
        string.Concat(Enumerable.Range(1, epochs).Select(e => string.Create(CultureInfo.InvariantCulture,
            $"{e},{10 * e},{1.3 + Math.Sin(e) / 10:R},{0.7 + Math.Cos(e) / 10:R},0.52,0.48,0.61,{(e == 5 ? double.NaN : 1.0 / e):R},{2.0 / e:R}," +
            $"{(e % 10 == 0 ? (30.0 - e / 3.0).ToString("R", CultureInfo.InvariantCulture) : "")},{380 + e},{200 + e}\n")));

    public void Dispose() => _folder.Dispose();

    private void Picture(string name, int shade)
    {
        byte[] pixels = [.. Enumerable.Range(0, 40 * 64).Select(i => (byte)(i * shade % 251))];
        PngFile.Write(In(name), ImageGrid.Compose(pixels, 1, 8, 8, 10));
    }
}
