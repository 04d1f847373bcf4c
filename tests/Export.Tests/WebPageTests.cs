using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GanPipeline.Export.Tests;

/// <summary>The page in samples/web, in a real browser: ONNX Runtime Web gives the C# library's samples, and the page shows them.</summary>
public sealed class WebPageTests(GeneratorFiles files, WebPageTests.OpenBrowser browser) : IClassFixture<GeneratorFiles>,
    IClassFixture<WebPageTests.OpenBrowser>
{
    public static TheoryData<string> Systems => new(GeneratorFiles.Systems);

    [Theory]
    [MemberData(nameof(Systems))]
    public void Browser(string system)
    {
        var made = files.Get(system);
        using var server = Open(made.Path);
        var noise = string.Join(',', made.Noise.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        var samples = browser.Page.Evaluate($"generator.then(g => g.generate([{noise}], [{string.Join(',', made.Labels)}])).then(s => s.length === undefined " +
            $"? JSON.stringify(s) : Array.from(s))");
        Assert.Empty(browser.Page.Errors);
        if (made.Info.IsTable)
        {
            made.Compare(JsonNode.Parse(samples!.GetValue<string>())!.AsObject());
            Assert.Equal(made.Info.Columns.Count, browser.Page.Evaluate("document.querySelectorAll('#rows th').length")!.GetValue<int>());
            return;
        }

        made.Compare([.. samples!.AsArray().Select(number => number!.GetValue<float>())]);
    }

    [Fact]
    public void The_page_shows_a_grid_of_digits_with_a_class_picker_and_a_latent_slider()
    {
        using var server = Open(files.Get("mnist-cgan").Path);
        var page = browser.Page;
        string Text(string expression) => page.Evaluate(expression)!.GetValue<string>();
        page.Evaluate("generator.then(() => 1)");
        Assert.Equal("test", Text("document.querySelector('h1').textContent"));
        Assert.Equal("all,0,1,2,3,4,5,6,7,8,9", Text("[...document.querySelectorAll('#class option')].map(o => o.textContent).join()"));
        Assert.Equal("Class|Way through the latent space", Text(
            "['class', 'walk'].map(id => document.querySelector(`label[for=${id}]`).textContent.trim().replace(/\\s*(all)?\\d*$/, '')).join('|')"));
        Assert.Matches("^25 samples in [0-9.]+ ms$", Text("document.getElementById('status').textContent"));
        Assert.Equal([5, 5], Cells(page));

        // Each control changes the picture, and going back brings it back.
        const string Picture = "document.getElementById('grid').toDataURL()";
        string Set(string id, string value)
        {
            page.Evaluate($"(() => {{ const e = document.getElementById('{id}'); e.value = '{value}'; e.dispatchEvent(new Event('input')); }})()");
            page.Evaluate("new Promise(r => setTimeout(r, 50)).then(async () => { while (running()) await new Promise(r => setTimeout(r, 20)); })");
            return Text(Picture);
        }

        var first = Text(Picture);
        var sevens = Set("class", "7");
        var moved = Set("walk", "0.5");
        Assert.Equal(3, new[] { first, sevens, moved }.Distinct().Count());
        Set("walk", "0");
        Assert.Equal(first, Set("class", "-1"));
        Assert.Empty(page.Errors);
        Assert.All(page.Requests, url => Assert.StartsWith(server.Address[..server.Address.IndexOf("/web/", StringComparison.Ordinal)], url));
    }

    [Fact]
    public void A_file_that_is_no_generator_is_refused_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        using var server = new Server(folder.Make("x.onnx", "hello, this is no network"u8.ToArray()));
        browser.Page.Open(server.Address);
        var text = browser.Page.Evaluate("generator.catch(() => 1).then(() => document.querySelector('[role=alert]').textContent)")!.GetValue<string>();
        Assert.StartsWith("That did not work: ", text);
    }

    /// <summary>Opens the page; what is needed for it skips the test where it is not there.</summary>
    private Server Open(string path)
    {
        Assert.SkipUnless(Directory.Exists(Repository.In("samples", "node_modules", "onnxruntime-web")),
            "ONNX Runtime Web is not here; scripts/setup-samples.sh fetches it");
        var server = new Server(path);
        browser.Page.Open(server.Address);
        return server;
    }

    /// <summary>
    /// Pictures side by side and below each other, as a screenshot shows them: what is not white along the middle of the first row and the first column.
    /// </summary>
    private static int[] Cells(Browser page)
    {
        var screenshot = Convert.ToBase64String(page.Screenshot());
        return [.. page.Evaluate(
            $$"""
            (async () => {
              const image = new Image();
              image.src = 'data:image/png;base64,{{screenshot}}';
              await image.decode();
              const canvas = new OffscreenCanvas(image.width, image.height);
              const context = canvas.getContext('2d', { willReadFrequently: true });
              context.drawImage(image, 0, 0);
              const box = document.getElementById('grid').getBoundingClientRect();
              const count = (length, at) => {
                let [runs, inside] = [0, false];
                for (let i = 2; i < length - 2; i++) {
                  const [r, g, b] = context.getImageData(...at(i), 1, 1).data;
                  const white = r > 250 && g > 250 && b > 250;
                  runs += inside || white ? 0 : 1;
                  inside = !white;
                }
                return runs;
              };
              const [left, top] = [box.left + scrollX, box.top + scrollY].map(Math.round);
              return [count(box.width, i => [left + i, top + Math.round(box.height / 10)]),
                count(box.height, i => [left + Math.round(box.width / 10), top + i])];
            })()
            """)!.AsArray().Select(number => number!.GetValue<int>())];
    }

    /// <summary>One browser for all tests.</summary>
    public sealed class OpenBrowser : IDisposable
    {
        private readonly Lazy<Browser> _page = new(GanPipeline.Tests.Browser.Start);

        internal Browser Page => _page.Value;

        public void Dispose()
        {
            if (_page.IsValueCreated)
            {
                _page.Value.Dispose();
            }
        }
    }

    /// <summary>The sample's own server.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        public Server(string path)
        {
            _process = Process.Start(new ProcessStartInfo("node", [Repository.In("samples", "web", "serve.mjs"), path, "0"])
            {
                RedirectStandardOutput =
                true
            })!;
            Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the sample's server has ended");
        }

        public string Address { get; }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
