using System.Net;
using System.Net.Http.Headers;
using GanPipeline.Primitives;

namespace GanPipeline.Datasets;

/// <summary>
/// Fetches files whose length and digest are known from mirrors of which none is trusted. What has arrived stays in a hidden file beside the target and is gone
/// on with (HTTP ranges, RFC 9110 section 14), also from another mirror and in another process; a file appears under its name only when its digest is right.
/// </summary>
/// <param name="client">Makes the requests; its own timeout must be off.</param>
/// <param name="patience">How long a mirror may stay silent before the next one is tried.</param>
internal sealed class FileFetcher(HttpClient client, TimeSpan patience)
{
    private const int Rounds = 3;

    /// <summary>Fetches one file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mirrors">Folders that hold it, in the order in which they are tried.</param>
    /// <param name="folder">Where it goes; the folder must exist.</param>
    /// <param name="received">Gets the bytes that are there, now and then.</param>
    /// <param name="note">Gets a sentence when a mirror has failed and the next one is tried.</param>
    /// <param name="stop">Ends the transfer; what has arrived stays.</param>
    /// <exception cref="UserErrorException">No mirror gave the file, or another file is in its place.</exception>
    public async Task FetchAsync(KnownFile file, IReadOnlyList<Uri> mirrors, string folder, Action<long> received, Action<string> note, CancellationToken stop)
    {
        string target = Path.Combine(folder, file.Name), part = Path.Combine(folder, $".{file.Name}.part");
        if (File.Exists(target))
        {
            if (FolderCheck.Digest(target) == file.Sha256) return;
            throw new UserErrorException($"{target}: it is there, but it is not the file of the data set; move it away.");
        }
        using FileLock held = FileLock.OnFile(target);
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Uri mirror in Enumerable.Repeat(mirrors, Rounds).SelectMany(m => m))
        {
            try
            {
                await Receive(new Uri(mirror, file.Name), file, part, received, stop);
                File.Move(part, target);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested && Reason(e) is not null)
            {
                failures[mirror.Authority] = Reason(e)!;
                note($"{file.Name}: {mirror.Authority}: {Reason(e)}");
            }
        }
        throw new UserErrorException($"{file.Name}: no mirror gave it: {string.Join("; ", failures.Select(f => $"{f.Key}: {f.Value}"))}. " +
            "Try again later (what has arrived is kept), or name another mirror with --mirror.")
        { Kind = ErrorKind.Passing };
    }

    private async Task Receive(Uri address, KnownFile file, string part, Action<long> received, CancellationToken stop)
    {
        bool fresh = await Append(address, file, part, received, stop);
        if (FolderCheck.Digest(part) == file.Sha256) return;
        File.Delete(part);
        // The part that was there may have been what is wrong: this mirror gets a second chance, from the start.
        if (!fresh) await Append(address, file, part, received, stop);
        if (!fresh && FolderCheck.Digest(part) == file.Sha256) return;
        File.Delete(part);
        throw new MirrorException("it gave another file (the digest differs)");
    }

    /// <summary>
    /// Makes the part whole, going on from its end, or from the start where the server cannot; returns whether all of it is from this server.
    /// </summary>
    private async Task<bool> Append(Uri address, KnownFile file, string part, Action<long> received, CancellationToken stop)
    {
        await using var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (stream.Length > file.Bytes) stream.SetLength(0);
        long start = stream.Length;
        if (start < file.Bytes)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (start > 0) request.Headers.Range = new RangeHeaderValue(start, null);
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (response.StatusCode == HttpStatusCode.OK) start = 0; // the whole file, whatever was asked for
                else if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != start)
                    throw new MirrorException($"it answered {(int)response.StatusCode} ({response.ReasonPhrase})");
                stream.SetLength(start);
                stream.Position = start;
                await using Stream body = await response.Content.ReadAsStreamAsync(limit.Token);
                await Copy(body, stream, file.Bytes, received, limit, stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new MirrorException(FormattableString.Invariant($"it was silent for {patience.TotalSeconds:0.#} seconds"));
            }
        }
        stream.Flush(flushToDisk: true);
        return stream.Length == file.Bytes ? start == 0 : throw new MirrorException($"it ended after {stream.Length} of {file.Bytes} bytes");
    }

    private async Task Copy(Stream body, FileStream stream, long most, Action<long> received, CancellationTokenSource limit, CancellationToken stop)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            limit.CancelAfter(patience); // anew with every piece that arrives
            int count;
            try { count = await body.ReadAsync(buffer, limit.Token); }
            catch (IOException e) { throw new MirrorException($"the connection broke after {stream.Length} of {most} bytes ({e.Message.TrimEnd('.')})"); }
            if (count == 0) return;
            if (stream.Length + count > most)
            {
                stream.SetLength(0);
                throw new MirrorException($"it gave more than the file's {most} bytes");
            }
            await stream.WriteAsync(buffer.AsMemory(0, count), stop);
            received(stream.Length);
        }
    }

    private static string? Reason(Exception e) => e switch
    {
        MirrorException or HttpRequestException => e.Message.TrimEnd('.'),
        _ => null,
    };

    private sealed class MirrorException(string message) : Exception(message);
}
