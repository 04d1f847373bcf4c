namespace GanPipeline.Cli.Printing;

/// <summary>Prints what a stage within another one found, when it has found it.</summary>
internal static class StagePrinter
{
    public static void Print(object result)
    {
        switch (result)
        {
            case TrainResult trained:
                TrainPrinter.Print(trained);
                break;
            case ExportResult exported:
                ExportPrinter.Print(exported);
                break;
            case GenerateResult generated:
                GeneratePrinter.Print(generated);
                break;
            case UpsampleResult upsampled:
                Screen.Say("");
                UpsamplePrinter.Print(upsampled);
                break;
            case RecognisedImages recognised:
                RunPrinter.Print(recognised);
                break;
            case MethodScores scores:
                RunPrinter.Print(scores);
                break;
            case DescribeResult described:
                DescribePrinter.PrintWithoutNotes(described);
                break;
            case SweepResult swept:
                SweepPrinter.Print(swept);
                break;
        }
    }
}
