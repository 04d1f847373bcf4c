using GanPipeline.Datasets;

namespace GanPipeline.Cli.Printing;

/// <summary>Shows what came of a command, or of a stage within it as soon as that is over: in words, or as an object of JSON.</summary>
internal static class StagePrinter
{
    /// <summary>Shows it.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isPart">Whether a stage within the command gave it, which has said its notes already.</param>
    public static void Print(object result, bool isPart = false)
    {
        if (Screen.Json) Screen.SayObject(ResultJson.Of(result));
        InWords(result, isPart); // also where words are not shown: the log has them
    }

    private static void InWords(object result, bool isPart)
    {
        switch (result)
        {
            case RunResult run:
                RunPrinter.Print(run);
                break;
            case TrainResult trained:
                TrainPrinter.Print(trained);
                break;
            case TrainPlan plan:
                TrainPrinter.Print(plan);
                break;
            case ExportResult exported:
                ExportPrinter.Print(exported, isPart);
                break;
            case ExportPlan plan:
                ExportPrinter.Print(plan);
                break;
            case GenerateResult generated:
                GeneratePrinter.Print(generated);
                break;
            case GeneratePlan plan:
                GeneratePrinter.Print(plan);
                break;
            case UpsampleResult upsampled:
                UpsamplePrinter.Print(upsampled, isPart);
                break;
            case RecognisedImages recognised:
                RunPrinter.Print(recognised);
                break;
            case MethodScores scores:
                RunPrinter.Print(scores);
                break;
            case EvaluateResult evaluated:
                EvaluatePrinter.Print(evaluated);
                break;
            case DescribeResult described:
                DescribePrinter.Print(described, notes: !isPart);
                break;
            case InspectResult inspected:
                InspectPrinter.Print(inspected);
                break;
            case ImputeResult imputed:
                ImputePrinter.Print(imputed);
                break;
            case AnonymizeResult anonymized:
                AnonymizePrinter.Print(anonymized);
                break;
            case AdviseResult advised:
                AdvisePrinter.Print(advised);
                break;
            case BalanceResult balanced:
                BalancePrinter.Print(balanced);
                break;
            case ReportResult report:
                Screen.Say($"wrote {report.Page}");
                break;
            case CompareResult compared:
                ComparePrinter.Print(compared);
                break;
            case SweepResult swept:
                SweepPrinter.Print(swept);
                break;
            case SweepDryRun plan:
                SweepPrinter.Print(plan);
                break;
            case CheckResult check:
                DataPrinter.Print(check);
                break;
            case FetchResult fetched:
                DataPrinter.Print(fetched);
                break;
            case KnownSet set:
                DataPrinter.Print(set);
                break;
            case PresetResult preset:
                PresetPrinter.Print(preset);
                break;
            default:
                throw new ArgumentException($"a {result.GetType().Name} has no printer");
        }
    }
}
