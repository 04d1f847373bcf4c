using System.Buffers.Binary;

namespace GanPipeline.Inference;

/// <summary>One field: its number, the value of a number, or the place of a length-delimited one.</summary>
internal readonly record struct ProtoField(int Number, bool IsMessage, ulong Value, int Start, int Length)
{
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}

/// <summary>Steps through the fields of one protobuf message; anything malformed is an <see cref="InvalidDataException"/>.</summary>
internal ref struct ProtoFields(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    public ProtoField Current { get; private set; }

    public readonly ProtoFields GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_at == _message.Length)
        {
            return false;
        }

        var tag = ReadNumber();
        var number = tag is >= 8 and <= uint.MaxValue ? (int)(tag >> 3) : throw new InvalidDataException();
        Current = (tag & 7) switch
        {
            0 => new ProtoField(number, false, ReadNumber(), 0, 0),
            1 => new ProtoField(number, false, BinaryPrimitives.ReadUInt64LittleEndian(_message.Slice(Skip(8), 8)), 0, 0),
            2 => ReadMessage(number),
            5 => new ProtoField(number, false, BinaryPrimitives.ReadUInt32LittleEndian(_message.Slice(Skip(4), 4)), 0, 0),
            _ => throw new InvalidDataException(), // groups have never been part of ONNX
        };
        return true;
    }

    private ProtoField ReadMessage(int number)
    {
        var length = ReadNumber();
        var start = Skip(length);
        return new ProtoField(number, true, 0, start, (int)length);
    }

    /// <summary>Moves on by <paramref name="length"/> bytes and returns where they began.</summary>
    private int Skip(ulong length)
    {
        var start = _at;
        _at = length <= (ulong)(_message.Length - start) ? start + (int)length : throw new InvalidDataException();
        return start;
    }

    private ulong ReadNumber()
    {
        var value = ReadNumber(_message[_at..], out var length);
        _at += length;
        return value;
    }

    /// <summary>The number at the start of <paramref name="bytes"/>, seven bits a byte.</summary>
    public static ulong ReadNumber(ReadOnlySpan<byte> bytes, out int length)
    {
        var value = 0UL;
        for (length = 0; length < Math.Min(bytes.Length, 10);)
        {
            var b = bytes[length];
            value |= (ulong)(b & 0x7F) << (7 * length);
            length++;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number goes on past its end");
    }
}

/// <summary>Steps through numbers that are packed into one field.</summary>
internal ref struct PackedNumbers(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ulong Current { get; private set; }

    public readonly PackedNumbers GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        Current = ProtoFields.ReadNumber(_rest, out var length);
        _rest = _rest[length..];
        return true;
    }
}
