using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GanPipeline.Tests;

/// <summary>A mirror on this machine that answers as a test wants; by default as an honest server that knows ranges.</summary>
internal sealed class Mirror : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _content;

    public Mirror(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/sets/");

    /// <summary>The first lines of the requests, and their Range headers.</summary>
    public List<(string Line, string? Range)> Requests { get; } = [];

    /// <summary>Bytes after which the answer stops; by default never.</summary>
    public int StopsAfter { get; init; } = int.MaxValue;

    /// <summary>What happens then: silence, or a closed connection.</summary>
    public bool Stalls { get; init; }

    /// <summary>Only the first so many answers are wrong.</summary>
    public int Misbehaves { get; init; } = int.MaxValue;

    /// <summary>Whether Range is heeded.</summary>
    public bool KnowsRanges { get; init; } = true;

    /// <summary>Added to what Content-Length says.</summary>
    public int LengthLie { get; init; }

    /// <summary>Added to where Content-Range says that the answer starts.</summary>
    public int RangeLie { get; init; }

    /// <summary>Sends the same bytes again and again, without a length.</summary>
    public bool Endless { get; init; }

    public string? Status { get; init; }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Answer(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { } // the test is over
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string line = await reader.ReadLineAsync(_stop.Token) ?? "";
                string? range = null;
                for (string? header; !string.IsNullOrEmpty(header = await reader.ReadLineAsync(_stop.Token));)
                    if (header.StartsWith("Range:", StringComparison.OrdinalIgnoreCase)) range = header[6..].Trim();
                bool wrong;
                lock (Requests)
                {
                    wrong = Requests.Count < Misbehaves;
                    Requests.Add((line, range));
                }
                await Send(stream, wrong, range);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException) { } // the client went away
        }
    }

    private async Task Send(NetworkStream stream, bool wrong, string? range)
    {
        int start = KnowsRanges && range is not null ? int.Parse(range["bytes=".Length..].TrimEnd('-')) : 0;
        if (wrong && Status is not null)
        {
            await Write(stream, $"HTTP/1.1 {Status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        if (start > _content.Length)
        {
            await Write(stream, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        byte[] body = _content[start..];
        string status = start > 0 ? $"206 Partial Content\r\nContent-Range: bytes {start + (wrong ? RangeLie : 0)}-{_content.Length - 1}/{_content.Length}"
            : "200 OK";
        string length = Endless && wrong ? "" : $"Content-Length: {body.Length + (wrong ? LengthLie : 0)}\r\n";
        await Write(stream, $"HTTP/1.1 {status}\r\n{length}Connection: close\r\n\r\n");
        int count = wrong ? Math.Min(body.Length, StopsAfter) : body.Length;
        await stream.WriteAsync(body.AsMemory(0, count), _stop.Token);
        while (Endless && wrong) await stream.WriteAsync(body, _stop.Token);
        if (Stalls && wrong) await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private async Task Write(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }
}
