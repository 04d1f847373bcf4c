using FsCheck;
using FsCheck.Fluent;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Regularizers;

namespace GanPipeline.Training.Tests;

public class PresetTests
{
    private const string Minimal = "system: s\ndata: { kind: moons }\n";

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.In("models"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_preset_of_the_project_can_be_read_with_every_variant(string file)
    {
        string path = Repository.In("models", file);
        foreach (string? variant in Preset.Variants(path).Prepend(null!))
        {
            RunOptions options = Preset.Load(path, variant);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), options.System);
            AssertRoundTrip(options);
        }
    }

    [Fact]
    public void The_built_in_presets_are_the_files_of_models_and_go_by_their_names()
    {
        Assert.Equal(Files.Select(f => Path.GetFileNameWithoutExtension(f.Data)).Order(StringComparer.Ordinal), BuiltInPresets.Names);
        foreach (string name in BuiltInPresets.Names)
        {
            string file = Repository.In("models", $"{name}.yaml");
            Assert.Equal(File.ReadAllText(file), BuiltInPresets.Text(name));
            Assert.Equal(Preset.ToYaml(Preset.Load(file)), Preset.ToYaml(Preset.Load(name)));
            Assert.Equal(Preset.Variants(file), Preset.Variants(name));
            Assert.All([Preset.Notes(name).Title, Preset.Notes(name).Needs], Assert.NotEmpty);
        }
    }

    [Theory]
    [InlineData("mnist-cgn", "mnist-cgn: there is no preset and no file of that name ('gan presets' lists the presets); did you mean 'mnist-cgan'?")]
    [InlineData("stylegan", "stylegan: there is no preset and no file of that name ('gan presets' lists the presets)")]
    [InlineData("mnist-cgn.yaml", "mnist-cgn.yaml: no such file; name a preset; 'gan presets' lists those there are.")]
    [InlineData("./mnist-cgan", "./mnist-cgan: no such file; name a preset; 'gan presets' lists those there are.")]
    public void A_name_that_is_no_preset_is_refused_with_the_nearest_one(string preset, string message) =>
        Assert.Equal(message, Assert.Throws<UserErrorException>(() => Preset.Load(preset)).Message);

    [Theory]
    [InlineData("about: { title: t, reached: x }", "p.yaml line 3: unknown key 'reached' in 'about'; did you mean 'reaches'?.")]
    [InlineData("about: { title: [t] }", "p.yaml line 3: 'about.title' must be a text.")]
    [InlineData("about: text", "p.yaml line 3: 'about' must be a mapping of title, needs, reaches and costs.")]
    public void What_a_preset_says_of_itself_are_four_texts(string about, string message) =>
        Assert.Equal(message, Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal + about, "p.yaml")).Message);

    [Fact]
    public void The_source_variant_of_the_MNIST_preset_is_the_row_as_it_is_recorded()
    {
        RunOptions options = Preset.Load(Repository.In("models", "mnist-cgan.yaml"), "source");
        Assert.Equal(Preset.ToYaml(S4.Options(128) with { Epochs = 20 }), Preset.ToYaml(options));
        Assert.Equal(new AdamOptions { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-8 }, options.GeneratorOptimizer);
    }

    [Fact]
    public void What_a_preset_leaves_out_has_its_default()
    {
        RunOptions options = Preset.Parse(Minimal, "p.yaml");
        Assert.Equal(Preset.ToYaml(new RunOptions { System = "s", Data = new MoonsDataOptions() }), Preset.ToYaml(options));
    }

    [Theory]
    [InlineData("laten: 5", "p.yaml line 3: unknown key 'laten'; did you mean 'latent'?")]
    [InlineData("epochs: 2\ngenerator: { network: mlp, hiden: [1] }", "p.yaml line 4: unknown key 'hiden' in 'generator'; did you mean 'hidden'?")]
    [InlineData("generator_optimizer:\n  lr: 1", "p.yaml line 4: unknown key 'lr' in 'generator_optimizer'")]
    [InlineData("regularizers: [{ name: r1 }, { name: r1, wheight: 2 }]", "p.yaml line 3: unknown key 'wheight' in 'regularizers[1]'; did you mean 'weight'?")]
    [InlineData("zzzzzzzz: 5", "p.yaml line 3: unknown key 'zzzzzzzz'.")]
    [InlineData("epochs: many", "p.yaml line 3: 'epochs' must be a whole number; it is 'many'.")]
    [InlineData("epochs: 1.5", "'epochs' must be a whole number; it is '1.5'.")]
    [InlineData("epochs: 99999999999", "'epochs' must be a whole number; it is '99999999999'.")]
    [InlineData("epochs: [1]", "p.yaml line 3: 'epochs' must be a whole number.")]
    [InlineData("epochs:", "'epochs' must be a whole number; it is ''.")]
    [InlineData("seed: -1", "'seed' must be a whole number of at least 0; it is '-1'.")]
    [InlineData("ema: .nan", "'ema' must be a finite number; it is '.nan'.")]
    [InlineData("ema: NaN", "'ema' must be a finite number; it is 'NaN'.")]
    [InlineData("ema: 1e999", "'ema' must be a finite number; it is '1e999'.")]
    [InlineData("ema: 0,5", "'ema' must be a finite number; it is '0,5'.")]
    [InlineData("generator: { network: mlp, batch_norm: yes }", "'generator.batch_norm' must be true or false; it is 'yes'.")]
    [InlineData("sampling: fair", "'sampling' must be one of shuffle, balanced, log_frequency, poisson; it is 'fair'.")]
    [InlineData("sampling: Balanced", "'sampling' must be one of shuffle, balanced, log_frequency, poisson; it is 'Balanced'.")]
    [InlineData("generator: { network: mlp, hidden: 5 }", "'generator.hidden' must be a list, for example [a, b].")]
    [InlineData("generator: { network: mlp, hidden: [5, x] }", "'generator.hidden[1]' must be a whole number; it is 'x'.")]
    [InlineData("generator_optimizer: fast", "'generator_optimizer' must be a mapping (key: value lines)")]
    [InlineData("generator: mlp", "'generator' must name its 'network': one of acgan, dcgan, mlp, r3gan, resnet")]
    [InlineData("generator: { hidden: [5] }", "'generator' must name its 'network': one of acgan, dcgan, mlp, r3gan, resnet")]
    [InlineData("generator: { network: mpl }", "'generator.network' is 'mpl', which does not exist; did you mean 'mlp'?")]
    [InlineData("generator: { network: [mlp] }", "'generator' must name its 'network': one of acgan, dcgan, mlp, r3gan, resnet")]
    [InlineData("epochs: 0", "p.yaml: 'epochs' must be between 1 and 1000000; it is 0.")]
    [InlineData("batch: 1", "'batch' must be between 2 and 65536; it is 1.")]
    [InlineData("latent: 0", "'latent' must be between 1")]
    [InlineData("ema: 1", "'ema' must be at least 0 and below 1; it is 1.")]
    [InlineData("threads: -1", "'threads' must be between 0")]
    [InlineData("log_every: 0", "'log_every' must be at least 1")]
    [InlineData("checkpoint_every: 0", "'checkpoint_every' must be at least 1")]
    [InlineData("sample_every: -1", "'sample_every' must be at least 0")]
    [InlineData("objective: wgan", "'objective' is 'wgan', which does not exist")]
    [InlineData("discriminator: { network: mlp, hidden: [] }", "'discriminator.hidden' must list 1 to 64 layer widths")]
    [InlineData("discriminator: { network: mlp, hidden: [4], dropout: [0.1, 0.2] }",
        "'discriminator.dropout' must be empty or hold one rate for each of the 1 hidden layers")]
    [InlineData("discriminator: { network: mlp, hidden: [4], dropout: [1] }", "'discriminator.dropout' must hold rates of at least 0 and below 1")]
    [InlineData("generator: { network: mlp, label_scale: 0 }", "'generator.label_scale' must be above 0")]
    [InlineData("generator: { network: mlp, batch_norm_momentum: 0 }", "'generator.batch_norm_momentum' must be above 0")]
    [InlineData("generator_optimizer: { beta1: 1 }", "'generator_optimizer.beta1' must be at least 0 and below 1; it is 1.")]
    [InlineData("discriminator_optimizer: { learning_rate: 0 }", "'discriminator_optimizer.learning_rate' must be above 0")]
    [InlineData("regularizers: [{ name: r1, weight: 0 }]", "'regularizers.weight' must be above 0")]
    [InlineData("regularizers: [{ name: r1, every: 0 }]", "'regularizers.every' must be between 1 and 1000; it is 0.")]
    [InlineData("regularizers: [{ weight: 1 }]", "'regularizers[0]' must name its 'name': one of ")]
    [InlineData("epochs: 1\nepochs: 2", "p.yaml line 4: not readable as YAML (the key 'epochs' is there twice, first on line 3)")]
    [InlineData("epochs: &a [*a]\n? *a\n: 1", "p.yaml line 3: not readable as YAML ('&' and '*' are not read here")]
    [InlineData("epochs: [1", "p.yaml line")]
    [InlineData("? [a, b]\n: 1", "p.yaml line 3: a key must be plain text")]
    public void A_bad_preset_gets_one_sentence_that_names_the_place(string line, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal + line + "\n", "p.yaml")).Message;
        Assert.Contains(expected, message);
        Assert.StartsWith("p.yaml", message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    [InlineData("# a: 1")]
    public void A_file_that_is_no_mapping_is_refused(string yaml) => Assert.Contains("p.yaml: a preset is one YAML mapping", Refused(yaml));

    [Fact]
    public void Data_and_a_name_are_needed()
    {
        Assert.Contains("the preset has no 'data'", Refused("system: s"));
        Assert.Contains("'system' must be given a name", Refused("data: { kind: moons }"));
        Assert.Contains("no such file; name a preset", Assert.Throws<UserErrorException>(() => Preset.Load("/nowhere/p.yaml")).Message);
    }

    [Fact]
    public void A_variant_changes_only_what_it_names()
    {
        const string Yaml = Minimal + "latent: 3\ngenerator: { network: mlp, hidden: [7], slope: 0.3 }\n" +
            "variants:\n  wide:\n    generator: { hidden: [9, 9] }\n    epochs: 2\n";
        var plain = (MlpGeneratorOptions)Preset.Parse(Yaml, "p.yaml").Generator;
        RunOptions varied = Preset.Parse(Yaml, "p.yaml", "wide");
        var wide = (MlpGeneratorOptions)varied.Generator;
        Assert.Equal([7], plain.Hidden);
        Assert.Equal([9, 9], wide.Hidden);
        Assert.Equal(0.3, wide.Slope);
        Assert.Equal((3, 2), (varied.Latent, varied.Epochs));
        Assert.Contains("p.yaml: no variant 'wid'; it has wide; did you mean 'wide'?",
            Assert.Throws<UserErrorException>(() => Preset.Parse(Yaml, "p.yaml", "wid")).Message);
        Assert.Contains("it has none", Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal, "p.yaml", "wide")).Message);
        Assert.Contains("p.yaml line 8: unknown key 'epoch'; did you mean 'epochs'?", Assert.Throws<UserErrorException>(
            () => Preset.Parse(Yaml.Replace("epochs", "epoch"), "p.yaml", "wide")).Message);
    }

    [Fact]
    public void Overrides_come_last()
    {
        RunOptions options = Preset.Parse(Minimal + "epochs: 5\nvariants: { v: { epochs: 6 } }", "p.yaml", "v",
            ["epochs=7", "generator={ network: mlp, hidden: [5] }", "generator.label_scale=4", "regularizers=[{ name: r1, weight: 3 }]", "data.noise=0.5"]);
        Assert.Equal(7, options.Epochs);
        Assert.Equal((5, 4.0), (((MlpGeneratorOptions)options.Generator).Hidden.Single(), ((MlpGeneratorOptions)options.Generator).LabelScale));
        Assert.Equal(3, ((R1Options)options.Regularizers.Single()).Weight);
        Assert.Equal(0.5, ((MoonsDataOptions)options.Data).Noise);
    }

    [Theory]
    [InlineData("epochs", "--set epochs: write key=value")]
    [InlineData("=5", "--set =5: write key=value")]
    [InlineData("epoch=5", "--set epoch=5: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData("epochs=x", "--set epochs=x: 'epochs' must be a whole number; it is 'x'.")]
    [InlineData("data.nois=1", "--set data.nois=1: unknown key 'nois' in 'data'; did you mean 'noise'?")]
    [InlineData("epochs=[", "--set epochs=[: not readable as YAML")]
    [InlineData("data=&a [*a]", "--set data=&a [*a]: not readable as YAML ('&' and '*' are not read here")]
    [InlineData("epochs=1\nlatent: 2", "one value is needed behind the '='")]
    [InlineData("data.a=1", "--set data.a=1: unknown key 'a' in 'data'")]
    [InlineData("epochs=0", "'epochs' must be between 1 and 1000000; it is 0.")]
    public void A_bad_override_is_named_itself(string assignment, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal, "p.yaml", overrides: [assignment])).Message;
        Assert.Contains(expected, message);
        Assert.DoesNotContain(" line ", message.Split(": not readable")[0]);
    }

    [Fact]
    public void Nesting_without_end_is_refused_wherever_it_comes_from()
    {
        string deep = string.Concat(Enumerable.Repeat("{a: ", 20_000));
        Assert.Contains("p.yaml line 3: not readable as YAML (more than 32 mappings and lists", Refused(Minimal + "generator: " + deep));
        string Override(params string[] all) => Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal, "p.yaml", overrides: all)).Message;
        Assert.Contains("more than 32 mappings and lists", Override("generator=" + deep));
        string keys = string.Join('.', Enumerable.Repeat("a", 20_000)) + "=1";
        Assert.Contains("no option has a key of 20000 parts", Override(keys, keys));
    }

    [Fact]
    public void An_error_names_the_file_or_the_override_that_the_value_came_from()
    {
        string message = Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal, "p.yaml", overrides: ["epochs=x", "latent=3"])).Message;
        Assert.StartsWith("--set epochs=x: 'epochs' must be a whole number", message);
        message = Assert.Throws<UserErrorException>(() => Preset.Parse(Minimal + "epochs: x", "p.yaml", overrides: ["latent=3"])).Message;
        Assert.StartsWith("p.yaml line 3: 'epochs' must be a whole number", message);
    }

    [Fact]
    public void Options_written_as_YAML_read_back_the_same()
    {
        var numbers = ArbMap.Default.GeneratorFor<(byte Epochs, ulong Seed, NormalFloat Rate, NormalFloat Decay, string Name)>();
        Prop.ForAll(numbers.ToArbitrary(), n =>
        {
            string name = new([.. (n.Name ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]);
            AssertRoundTrip(SmallRun.Options() with
            {
                System = "x" + name,
                Seed = n.Seed,
                Epochs = n.Epochs + 1,
                Ema = Fraction(n.Decay.Get),
                Data = new IdxDataOptions { Classes = [.. new[] { name, name + ": #", "null", "~", "1e3" }.Distinct()] },
                GeneratorOptimizer = new AdamOptions { LearningRate = 1e-9 + Fraction(n.Rate.Get) },
            });
        }).QuickCheckThrowOnFailure();
    }

    private static double Fraction(double any) => Math.Abs(any - Math.Truncate(any));

    private static void AssertRoundTrip(RunOptions options)
    {
        string yaml = Preset.ToYaml(options);
        RunOptions again = Preset.Parse(yaml, "written");
        Assert.Equal(yaml, Preset.ToYaml(again));
        Assert.Equal((options.System, options.Seed, options.Ema, options.GeneratorOptimizer, options.Regularizers.Count),
            (again.System, again.Seed, again.Ema, again.GeneratorOptimizer, again.Regularizers.Count));
        if (options.Data is IdxDataOptions idx) Assert.Equal(idx.Classes, ((IdxDataOptions)again.Data).Classes);
    }

    private static string Refused(string yaml) => Assert.Throws<UserErrorException>(() => Preset.Parse(yaml, "p.yaml")).Message;

    /// <summary>The values of one kind mean nothing to another: they are not merged.</summary>
    [Fact]
    public void An_override_that_names_another_kind_replaces_the_whole_mapping()
    {
        const string Yaml = "system: x\ndata: { kind: moons }\nupdate: { scheme: alternating, discriminator_steps: 3 }\n";
        Assert.IsType<Updates.SimultaneousOptions>(Preset.Parse(Yaml, "p.yaml", overrides: ["update={scheme: simultaneous}"]).Update);
        var same = (Updates.AlternatingOptions)Preset.Parse(Yaml, "p.yaml", overrides: ["update={scheme: alternating, generator_noise: fresh}"]).Update;
        Assert.Equal((3, Updates.GeneratorNoise.Fresh), (same.DiscriminatorSteps, same.GeneratorNoise));
    }
}
