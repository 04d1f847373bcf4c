using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GanPipeline.Tests;

/// <summary>
/// A headless Chromium, told what to do over its DevTools protocol. Every page has a profile of its own that starts empty. Skips the test, and says so, where
/// there is none; GAN_CHROMIUM names another program.
/// </summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _profile = new();
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private readonly string _session;
    private int _lastId;

    private Browser(string program)
    {
        // --no-sandbox: as root, as in a container, Chromium starts no other way. The pages are the test's own.
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--hide-scrollbars",
            "--remote-debugging-port=0", $"--user-data-dir={_profile.Name}", "about:blank",
        ];
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        _process = Process.Start(info)!;
        try
        {
            Connect();
            string target = Call("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, browser: true)["targetId"]!.GetValue<string>();
            _session = Call("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true },
                browser: true)["sessionId"]!.GetValue<string>();
            foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" }) Call(domain + ".enable", []);
            View(1280, 900, dark: false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the page complained about: exceptions, console errors and warnings, failed loads.</summary>
    public IReadOnlyList<string> Errors => [.. _events.Where(e => Method(e) switch
    {
        "Runtime.exceptionThrown" => true,
        "Runtime.consoleAPICalled" => e["params"]!["type"]!.GetValue<string>() is "error" or "warning" or "assert",
        "Log.entryAdded" => e["params"]!["entry"]!["level"]!.GetValue<string>() is "error" or "warning",
        "Network.loadingFailed" => true,
        _ => false,
    }).Select(e => e["params"]!.ToJsonString())];

    /// <summary>The addresses that the page asked for; data URIs, which need nobody, are left out.</summary>
    public IReadOnlyList<string> Requests => [.. _events.Where(e => Method(e) == "Network.requestWillBeSent")
        .Select(e => e["params"]!["request"]!["url"]!.GetValue<string>()).Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    /// <summary>Starts a browser with an empty page of 1280 x 900 in light colours.</summary>
    public static Browser Start()
    {
        string? program = Environment.GetEnvironmentVariable("GAN_CHROMIUM") ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
        if (program is null) Assert.Skip("no chromium on the PATH; install it, or set GAN_CHROMIUM to another browser of its kind");
        return new Browser(program);
    }

    /// <summary>Sets the window's size and the reader's choice of colours.</summary>
    public void View(int width, int height, bool dark)
    {
        Call("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        Call("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] =
            new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" })
        });
    }

    /// <summary>Opens an address and waits until it has loaded. What the page before it said and asked for is forgotten.</summary>
    public void Open(string address)
    {
        _events.Clear();
        Call("Page.navigate", new JsonObject { ["url"] = address });
        var clock = Stopwatch.StartNew();
        while (!_events.Any(e => Method(e) == "Page.loadEventFired"))
        {
            Assert.True(clock.Elapsed < Patience, $"{address} did not load");
            Receive();
        }
        _ = Evaluate("document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1)))))");
    }

    /// <summary>The value of a JavaScript expression, awaited if it is a promise.</summary>
    public JsonNode? Evaluate(string expression)
    {
        JsonNode result = Call("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(result["exceptionDetails"] is null, result["exceptionDetails"]?.ToJsonString());
        return result["result"]!["value"];
    }

    /// <summary>A PNG picture of the whole page.</summary>
    public byte[] Screenshot() =>
        Convert.FromBase64String(Call("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true })["data"]!.GetValue<string>());

    /// <summary>The page as it is printed, as PDF.</summary>
    public byte[] Print() => Convert.FromBase64String(Call("Page.printToPDF", new JsonObject { ["printBackground"] = false })["data"]!.GetValue<string>());

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        for (int tries = 0; ; tries++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (tries < 20) { Thread.Sleep(50); } // a child process that is still ending may write once more
        }
    }

    private static string? Method(JsonNode message) => message["method"]?.GetValue<string>();

    private void Connect()
    {
        const string Says = "DevTools listening on ";
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (!line.StartsWith(Says, StringComparison.Ordinal)) continue;
            _ = _process.StandardError.ReadToEndAsync(); // or it would wait for a reader one day
            using var timeout = new CancellationTokenSource(Patience);
            _socket.ConnectAsync(new Uri(line[Says.Length..]), timeout.Token).GetAwaiter().GetResult();
            return;
        }
        Assert.Fail($"Chromium ended with exit code {(_process.WaitForExit(1000) ? _process.ExitCode.ToString(CultureInfo.InvariantCulture) : "unknown")} " +
            $"before it could be used");
    }

    private JsonNode Call(string method, JsonObject parameters, bool browser = false)
    {
        int id = ++_lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (!browser) message["sessionId"] = _session;
        using (var timeout = new CancellationTokenSource(Patience))
            _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, timeout.Token).GetAwaiter().GetResult();
        while (true)
        {
            JsonNode answer = Receive();
            if (answer["id"]?.GetValue<int>() != id) continue;
            Assert.True(answer["error"] is null, $"{method}: {answer["error"]?.ToJsonString()}");
            return answer["result"]!;
        }
    }

    /// <summary>The next message; events are kept.</summary>
    private JsonNode Receive()
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            WebSocketReceiveResult part = _socket.ReceiveAsync(buffer, timeout.Token).GetAwaiter().GetResult();
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) break;
        }
        JsonNode node = JsonNode.Parse(message.ToArray())!;
        if (node["method"] is not null) _events.Add(node);
        return node;
    }
}
