using System.Collections;
using System.Text;
using GanPipeline.Primitives;

namespace GanPipeline.Tables;

/// <summary>
/// Distinct texts in order of appearance, each with its place. A million numbers as strings, and a dictionary of them, take 150 bytes each; here they take
/// their own bytes and some ten more, and a string is made when one is asked for.
/// </summary>
internal sealed class DistinctTexts : IReadOnlyList<string>
{
    private const int BlockSize = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<(int Block, int Start)> _starts = [];
    private byte[] _text = new byte[256];
    private int[] _table = new int[1024]; // the place of a text + 1, from where its hash says on; 0 is free
    private int _used = BlockSize; // of the last block

    /// <inheritdoc/>
    public int Count => _starts.Count;

    /// <inheritdoc/>
    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The place of a text, which is added where it is new.</summary>
    /// <exception cref="UserErrorException">The texts are more than can be held.</exception>
    public int Add(string text)
    {
        int length = Written(text);
        ReadOnlySpan<byte> bytes = _text.AsSpan(0, length);
        int at = Find(bytes);
        if (_table[at] > 0) return _table[at] - 1;
        if (BlockSize - _used < length + sizeof(int))
        {
            _blocks.Add(new byte[Math.Max(BlockSize, length + sizeof(int))]);
            _used = 0;
        }
        byte[] block = _blocks[^1];
        BitConverter.TryWriteBytes(block.AsSpan(_used), length);
        bytes.CopyTo(block.AsSpan(_used + sizeof(int)));
        _starts.Add((_blocks.Count - 1, _used));
        _used = Math.Min(BlockSize, _used + length + sizeof(int)); // a longer block is full
        _table[at] = _starts.Count;
        if (_starts.Count > _table.Length / 2) Grow();
        return _starts.Count - 1;
    }

    /// <summary>The texts, for reading alone: as strings where they are few, which are then made once.</summary>
    public IReadOnlyList<string> Finished(int few)
    {
        _table = [];
        return Count <= few ? this.ToArray() : this;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlySpan<byte> Bytes(int index)
    {
        (int block, int start) = _starts[index];
        return _blocks[block].AsSpan(start + sizeof(int), BitConverter.ToInt32(_blocks[block], start));
    }

    /// <summary>Writes a text as bytes and gives their number. Half of a pair of characters is no text, and would be read back as another.</summary>
    private int Written(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most) _text = new byte[most];
        return Encoding.UTF8.GetBytes(text, _text);
    }

    private int Find(ReadOnlySpan<byte> bytes)
    {
        int mask = _table.Length - 1, at = Hash(bytes) & mask;
        while (_table[at] > 0 && !Bytes(_table[at] - 1).SequenceEqual(bytes)) at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        _table = new int[checked(2 * _table.Length)];
        for (int i = 0; i < Count; i++) _table[Find(Bytes(i))] = i + 1;
    }

    /// <summary>Seeded anew in each process, so that no file can be made whose texts all come to one place.</summary>
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
