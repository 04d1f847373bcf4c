using System.Security.Cryptography;
using GanPipeline.Primitives;

namespace GanPipeline.Datasets.Tests;

public sealed class FileFetcherTests : IDisposable
{
    /// <summary>Far longer than an honest mirror here is silent, however busy the machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>For a mirror that stalls: as long as the test then takes.</summary>
    private static readonly TimeSpan Little = TimeSpan.FromSeconds(2);

    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    private KnownFile File => new("set.gz", _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content)));

    private string Part => _folder[".set.gz.part"];

    [Fact]
    public async Task An_honest_mirror_is_asked_once()
    {
        using var mirror = new Mirror(_content);
        await Fetch(mirror);
        AssertFetched();
        Assert.Equal([("GET /sets/set.gz HTTP/1.1", null)], mirror.Requests);
        Assert.Empty(_notes);
        await Fetch(mirror); // it is there and right
        Assert.Single(mirror.Requests);
    }

    [Fact]
    public async Task What_has_arrived_is_gone_on_with()
    {
        System.IO.File.WriteAllBytes(Part, _content[..100_000]);
        using var mirror = new Mirror(_content);
        await Fetch(mirror);
        AssertFetched();
        Assert.Equal("bytes=100000-", Assert.Single(mirror.Requests).Range);
    }

    [Fact]
    public async Task A_mirror_that_ignores_ranges_sends_it_all_again()
    {
        System.IO.File.WriteAllBytes(Part, _content[..100_000]);
        using var mirror = new Mirror(_content) { KnowsRanges = false };
        await Fetch(mirror);
        AssertFetched();
        Assert.Single(mirror.Requests);
    }

    [Theory]
    [InlineData(true, "was silent for 2 seconds")]
    [InlineData(false, "the connection broke after 120000 of 300000 bytes")]
    public async Task The_next_mirror_goes_on_where_one_stalled_or_broke(bool stalls, string note)
    {
        using var bad = new Mirror(_content) { StopsAfter = 120_000, Stalls = stalls };
        using var good = new Mirror(_content);
        await Fetch([bad.Address, good.Address], Little);
        AssertFetched();
        Assert.Contains(note, Assert.Single(_notes));
        Assert.Equal("bytes=120000-", Assert.Single(good.Requests).Range);
    }

    [Fact]
    public async Task One_mirror_that_breaks_now_and_then_is_enough()
    {
        using var mirror = new Mirror(_content) { StopsAfter = 110_000 };
        await Fetch(mirror);
        AssertFetched();
        Assert.Equal([null, "bytes=110000-", "bytes=220000-"], mirror.Requests.Select(r => r.Range));
    }

    [Theory]
    [InlineData(-1000)] // ends early without an error on the line
    [InlineData(1000)] // promises more than it has
    public async Task A_wrong_length_is_noticed(int lie)
    {
        using var liar = new Mirror(_content) { LengthLie = lie };
        using var good = new Mirror(_content);
        await Fetch(liar, good);
        AssertFetched();
    }

    [Fact]
    public async Task Wrong_bytes_never_appear_under_the_name()
    {
        byte[] other = [.. _content];
        other[5] ^= 1;
        using var liar = new Mirror(other);
        string message = (await Assert.ThrowsAsync<UserErrorException>(() => Fetch(liar))).Message;
        Assert.Contains("no mirror gave it", message);
        Assert.Contains("another file (the digest differs)", message);
        Assert.Contains("--mirror", message);
        Assert.Empty(Directory.GetFiles(_folder.Name));
        using var good = new Mirror(_content);
        await Fetch(liar, good);
        AssertFetched();
    }

    [Fact]
    public async Task Wrong_bytes_of_one_mirror_do_not_spoil_what_another_gives()
    {
        using var liar = new Mirror(RandomNumberGenerator.GetBytes(1000)); // a portal's page, say
        using var good = new Mirror(_content);
        await Fetch(liar, good);
        AssertFetched();
        Assert.Equal(["bytes=1000-", null], good.Requests.Select(r => r.Range)); // it did not fit together, so it is taken from the start
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        using var endless = new Mirror(_content) { Endless = true };
        using var good = new Mirror(_content);
        await Fetch(endless, good);
        AssertFetched();
        Assert.Contains("more than the file's 300000 bytes", Assert.Single(_notes));
    }

    [Fact]
    public async Task A_range_from_elsewhere_is_not_taken()
    {
        System.IO.File.WriteAllBytes(Part, _content[..100_000]);
        using var liar = new Mirror(_content) { RangeLie = 5 };
        using var good = new Mirror(_content);
        await Fetch(liar, good);
        AssertFetched();
        Assert.Equal("bytes=100000-", Assert.Single(good.Requests).Range);
    }

    [Fact]
    public async Task Every_mirror_that_fails_is_named_with_its_reason()
    {
        using var missing = new Mirror(_content) { Status = "404 Not Found" };
        using var busy = new Mirror(_content) { Status = "503 Service Unavailable" };
        var gone = new Mirror(_content);
        Uri nobody = gone.Address;
        gone.Dispose();
        string message = (await Assert.ThrowsAsync<UserErrorException>(() => Fetch([missing.Address, busy.Address, nobody], Patience))).Message;
        Assert.Contains("it answered 404 (Not Found)", message);
        Assert.Contains("it answered 503 (Service Unavailable)", message);
        Assert.Contains(nobody.Authority, message);
        Assert.Equal(3, busy.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_is_in_the_way_is_left_alone()
    {
        System.IO.File.WriteAllText(_folder["set.gz"], "mine");
        using var mirror = new Mirror(_content);
        Assert.Contains("move it away", (await Assert.ThrowsAsync<UserErrorException>(() => Fetch(mirror))).Message);
        Assert.Equal("mine", System.IO.File.ReadAllText(_folder["set.gz"]));
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task When_it_is_stopped_what_has_arrived_stays()
    {
        using var mirror = new Mirror(_content) { StopsAfter = 150_000, Stalls = true };
        using var stop = new CancellationTokenSource();
        var fetcher = new FileFetcher(_client, Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(File, [mirror.Address], _folder.Name, received =>
        {
            if (received >= 150_000) stop.Cancel();
        }, _notes.Add, stop.Token));
        Assert.Equal(150_000, new FileInfo(Part).Length);
        Assert.False(System.IO.File.Exists(_folder["set.gz"]));
        using var good = new Mirror(_content);
        await Fetch(good);
        AssertFetched();
        Assert.Equal("bytes=150000-", Assert.Single(good.Requests).Range);
    }

    private Task Fetch(params Mirror[] mirrors) => Fetch([.. mirrors.Select(m => m.Address)], Patience);

    private Task Fetch(Uri[] mirrors, TimeSpan patience) => new FileFetcher(_client, patience)
        .FetchAsync(File, mirrors, _folder.Name, _ => { }, _notes.Add, CancellationToken.None);

    private void AssertFetched()
    {
        Assert.Equal(_content, System.IO.File.ReadAllBytes(_folder["set.gz"]));
        Assert.Equal([_folder["set.gz"]], Directory.GetFiles(_folder.Name));
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }
}
