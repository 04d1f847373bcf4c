using System.Globalization;

namespace GanPipeline.Tables.Tests;

public class DistinctTextsTests
{
    [Fact]
    public void Each_text_has_one_place_however_many_and_however_long_they_are()
    {
        var texts = new DistinctTexts();
        string[] all =
        [
            "", "Ü", "0.1", new string('x', 3_000_000), "\U0001F600", .. Enumerable.Range(0, 200_000).Select(i => (i * 0.1).ToString("R",
                CultureInfo.InvariantCulture)),
        ];
        string[] distinct = [.. all.Distinct()];
        int[] places = [.. all.Select(texts.Add)];
        Assert.Equal(distinct.Length, texts.Count);
        IReadOnlyList<string> finished = texts.Finished(10);
        Assert.Equal(distinct, finished);
        Assert.Equal(all, places.Select(place => finished[place]));
    }

    [Fact]
    public void Few_texts_are_strings_that_are_made_once()
    {
        var texts = new DistinctTexts();
        Assert.Equal([0, 1, 0], new[] { "b", "a", "b" }.Select(texts.Add));
        IReadOnlyList<string> finished = texts.Finished(10);
        Assert.Equal(["b", "a"], finished);
        Assert.Same(finished[0], finished[0]);
    }
}
