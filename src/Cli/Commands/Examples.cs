using System.CommandLine;

namespace GanPipeline.Cli.Commands;

/// <summary>Command lines to copy, which the help of a command ends with.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["gan"] =
        [
            "gan run moons-cgan --out runs/first",
            "gan balance table.csv --label class --out balanced",
            "gan generate runs/first --count 1000 --out samples.csv",
        ],
        ["run"] =
        [
            "gan run table.csv --label class --out runs/table",
            "gan run moons-cgan --out runs/moons --set epochs=5",
            "gan run table.csv --label class --out runs/table --resume",
        ],
        ["train"] =
        [
            "gan train table.csv --label class --out runs/table --dry-run",
            "gan train mnist-cgan --data data/mnist --out runs/mnist --device auto",
            "gan train table.csv --label class --out runs/table --resume --max-time 30m",
        ],
        ["export"] =
        [
            "gan export runs/table",
            "gan export runs/table --weights fp16 --out small.onnx",
            "gan export runs/table --network discriminator",
        ],
        ["generate"] =
        [
            "gan generate runs/table --count 1000 --out samples.csv",
            "gan generate generator.onnx --class fraud --count 500 --out fraud.csv",
            "gan generate generator.onnx --count 1000000 --shard slurm --out part.csv",
        ],
        ["inspect"] = ["gan inspect runs/table", "gan inspect generator.onnx --picture network.svg", "gan inspect generator.onnx --json"],
        ["upsample"] =
        [
            "gan upsample table.csv --generator runs/table --label class --out more.csv",
            "gan upsample table.csv --generator generator.onnx --balance ratio:0.5 --out more.csv",
            "gan upsample table.csv --generator generator.onnx --out more.csv --dry-run",
        ],
        ["evaluate"] =
        [
            "gan evaluate runs/table --data train.csv --test test.csv",
            "gan evaluate samples.csv --data train.csv --test test.csv --label class",
            "gan evaluate generator.onnx --data data/mnist --out quality.csv",
        ],
        ["describe"] = ["gan describe table.csv --label class", "gan describe table.csv --missing \"?\"", "gan describe - < table.csv"],
        ["advise"] =
        [
            "gan advise table.csv --label class",
            "gan advise table.csv --label class --learner all --no-generator",
            "gan advise table.csv --label class --goal recall --out figures.csv",
        ],
        ["balance"] =
        [
            "gan balance table.csv --label class --out balanced",
            "gan balance table.csv --label class --learner logistic --no-generator --out balanced",
            "gan balance table.csv --label class --goal \"cost=fraud>ok=10,ok>fraud=1\" --out balanced",
        ],
        ["impute"] =
        [
            "gan impute table.csv --out filled.csv",
            "gan impute table.csv --method forest --missing \"?\" --out filled.csv",
            "gan impute table.csv --imputations 5 --out filled.csv",
        ],
        ["anonymize"] =
        [
            "gan anonymize table.csv --out synthetic.csv",
            "gan anonymize table.csv --label class --epsilon 3 --schema columns.yaml --out synthetic.csv",
            "gan anonymize table.csv --out synthetic.csv --report figures.csv",
        ],
        ["report"] = ["gan report runs/table"],
        ["compare"] = ["gan compare runs/first runs/second --out compared"],
        ["sweep"] =
        [
            "gan sweep moons-cgan --seeds 1-5 --out sweep",
            "gan sweep moons-cgan moons-gan --vary batch=64,128 --out sweep --dry-run",
        ],
        ["presets"] = ["gan presets show mnist-cgan"],
        ["data"] = ["gan data fetch mnist --out data/mnist", "gan data check data/mnist"],
        ["completion"] =
        [
            "eval \"$(gan completion bash)\"",
            "gan completion zsh > ~/.zfunc/_gan",
            "gan completion fish > ~/.config/fish/completions/gan.fish",
            "gan completion pwsh | Out-String | Invoke-Expression",
        ],
        ["help"] = ["gan help run", "gan help data fetch"],
    };

    /// <summary>Those of a command; none for commands within commands.</summary>
    public static IReadOnlyList<string> Of(Command command) => command is RootCommand ? Lines["gan"]
        : command.Parents.OfType<RootCommand>().Any() ? Lines.GetValueOrDefault(command.Name) ?? [] : [];
}
