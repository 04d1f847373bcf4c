using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;

namespace GanPipeline.Report.Tests;

/// <summary>The page in a real browser. GAN_SCREENSHOTS names a folder that gets the pictures, to be looked at.</summary>
public sealed class BrowserTests
{
    /// <summary>
    /// Finds what is empty, what is wider than the window, and which two things that hold text or a picture lie over each other. An element lies in its
    /// ancestors by right.
    /// </summary>
    private const string Faults = """
        (() => {
          const faults = [], name = e => e.tagName + ' "' + (e.textContent || e.alt || '').trim().slice(0, 40) + '"';
          if (document.documentElement.scrollWidth > innerWidth) 
            faults.push('the page is ' + document.documentElement.scrollWidth + ' wide in a window of ' + innerWidth);
          const shown = [...document.querySelectorAll('h1,h2,p,dt,dd,th,td,caption,figcaption,img,svg,pre,nav a,button,input,output')]
            .filter(e => !e.hidden && e.checkVisibility() && e.getClientRects().length > 0);
          for (const e of shown) {
            const box = e.getBoundingClientRect();
            if (box.width < 1 || box.height < 1) faults.push(name(e) + ' has no size');
            if (!['IMG', 'INPUT', 'svg'].includes(e.tagName) && e.textContent.trim() === '') faults.push(e.outerHTML.slice(0, 80) + ' is empty');
            if (e.tagName === 'IMG' && !(e.complete && e.naturalWidth > 0)) faults.push(name(e) + ' has no picture');
            if (e.tagName === 'svg' && e.querySelectorAll('polyline,rect').length < 3) faults.push(name(e) + ' is an empty chart');
          }
          for (const e of document.querySelectorAll('main *')) {
            if (e.closest('svg') || e.closest('.table') || e.closest('pre') || !e.checkVisibility()) continue;
            const box = e.getBoundingClientRect();
            if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1)) faults.push(name(e) + ' is cut by the window');
          }
          if (innerWidth < 500) for (const t of document.querySelectorAll('.stack'))
            if (t.checkVisibility() && t.scrollWidth > t.clientWidth + 1) faults.push(name(t) + ' has to be scrolled');
          for (const s of document.querySelectorAll('section'))
            if ((s.querySelector(':scope > details') ?? s).children.length < 2) faults.push(name(s) + ' has nothing in it');
          const groups = [shown, ...[...document.querySelectorAll('svg')].map(s => [...s.querySelectorAll('text')])];
          for (const group of groups) {
            const boxes = group.map(e => [e, e.getBoundingClientRect()]);
            for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
              const [a, p] = boxes[i], [b, q] = boxes[j];
              if (a.contains(b) || b.contains(a)) continue;
              const x = Math.min(p.right, q.right) - Math.max(p.left, q.left), y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
              if (x > 1 && y > 1 && !(a.closest('.table') && b.closest('.table') !== a.closest('.table'))) faults.push(name(a) + ' lies over ' + name(b));
            }
          }
          for (const text of document.querySelectorAll('svg text')) {
            const t = text.getBoundingClientRect(), s = text.closest('svg').getBoundingClientRect();
            if (t.left < s.left - 1 || t.right > s.right + 1 || t.top < s.top - 1 || t.bottom > s.bottom + 1) faults.push(name(text) + ' is cut off');
          }
          return faults.slice(0, 20);
        })()
        """;

    /// <summary>What axe finds by the rules of WCAG 2.2 AA and its own of good practice.</summary>
    private static readonly string Accessibility = $$"""
        (async () => {
          if (!window.axe) { {{AxeScript()}} }
          const result = await axe.run(document);
          return result.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary));
        })()
        """;

    [Fact]
    public void NothingOverlapsNothingIsEmptyNothingIsAskedFor()
    {
        using SampleRun run = new("first"), other = new("second", epochs: 20), table = SampleRun.Table("table");
        using var folder = new TemporaryFolder();
        RunReport.Write(run.Folder);
        RunReport.Write(table.Folder);
        RunComparison.Write([run.Folder, other.Folder, table.Folder], folder.Name);
        using var browser = Browser.Start();
        foreach ((int width, bool dark) in new[] { (1280, false), (1280, true), (768, false), (390, false), (390, true), (1920, true) })
        {
            browser.View(width, 900, dark);
            string name = $"{width}-{(dark ? "dark" : "light")}.png";
            Look(browser, run.In("report.html"), "report-" + name);
            Assert.Equal(dark ? "rgb(21, 24, 27)" : "rgb(255, 255, 255)",
                browser.Evaluate("getComputedStyle(document.body).backgroundColor")!.GetValue<string>());
            Look(browser, table.In("report.html"), "columns-" + name);
            Look(browser, folder["compare.html"], "compare-" + name);
        }
    }

    [Fact]
    public void TheSliderMovesThroughTimeByMouseKeyboardAndPlayButton()
    {
        using var run = new SampleRun();
        RunReport.Write(run.Folder);
        using var browser = Browser.Start();
        browser.Open(new Uri(run.In("report.html")).AbsoluteUri);
        const string Shown = "[...document.querySelectorAll('.slider img')].filter(i => !i.hidden).map(i => i.dataset.time).join()";
        Assert.Equal("epoch 30", browser.Evaluate(Shown)!.GetValue<string>());
        browser.Evaluate("r = document.querySelector('.slider input'); r.value = 0; r.dispatchEvent(new Event('input')); 0");
        Assert.Equal("epoch 10", browser.Evaluate(Shown)!.GetValue<string>());
        Assert.Equal("epoch 10", browser.Evaluate("document.querySelector('.slider output').textContent")!.GetValue<string>());
        browser.Evaluate("""
            (async () => {
              const button = document.querySelector('.slider button');
              button.click();
              while (button.textContent === 'Stop') await new Promise(r => setTimeout(r, 50)); // it ends by itself at the last picture
            })()
            """);
        Assert.Equal("epoch 30", browser.Evaluate(Shown)!.GetValue<string>());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public void ItCanBePrinted()
    {
        using var run = new SampleRun();
        RunReport.Write(run.Folder);
        using var browser = Browser.Start();
        browser.View(1280, 900, dark: true);
        browser.Open(new Uri(run.In("report.html")).AbsoluteUri);
        byte[] pdf = browser.Print();
        Assert.Equal("%PDF"u8.ToArray(), pdf.Take(4));
        if (Environment.GetEnvironmentVariable("GAN_SCREENSHOTS") is { } folder) File.WriteAllBytes(Path.Combine(folder, "report.pdf"), pdf);
    }

    /// <summary>Pages of real runs, where GAN_RUNS names folders that hold some, separated by colons.</summary>
    [Fact]
    public void RealRunsAreFaultlessToo()
    {
        if (Environment.GetEnvironmentVariable("GAN_RUNS") is not { } runs) return;
        using var browser = Browser.Start();
        foreach (string run in runs.Split(Path.PathSeparator))
        {
            foreach ((int width, bool dark) in new[] { (1280, false), (768, true), (390, false) })
            {
                browser.View(width, 900, dark);
                Look(browser, RunReport.Write(run), $"{Path.GetFileName(run)}-{width}-{(dark ? "dark" : "light")}.png");
            }
        }
    }

    private static void Look(Browser browser, string path, string name)
    {
        string address = new Uri(path).AbsoluteUri;
        browser.Open(address);
        string[] faults = Found(Faults);
        byte[] picture = browser.Screenshot();
        browser.Evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; }); 0");
        faults = [.. faults, .. Found(Faults), .. name.Contains("390", StringComparison.Ordinal) || name.Contains("1280", StringComparison.Ordinal)
            ? Found(Accessibility) : []];
        if (Environment.GetEnvironmentVariable("GAN_SCREENSHOTS") is { } folder) File.WriteAllBytes(Path.Combine(folder, name), picture);
        Assert.True(faults.Length == 0, $"{name}:\n{string.Join('\n', faults)}");
        Assert.Empty(browser.Errors);
        Assert.Equal([address], browser.Requests);
        Assert.True(picture.Length > 20_000);

        string[] Found(string script) => [.. ((JsonArray)browser.Evaluate(script)!).Select(f => f!.GetValue<string>())];
    }

    private static string AxeScript() => new BundledAxeScriptProvider().GetScript();
}
