using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace GanPipeline.Training.Tests;

/// <summary>An event as TensorBoard reads it.</summary>
/// <param name="Step">The step that it belongs to.</param>
/// <param name="Version">The file's version; empty but in its first event.</param>
/// <param name="Scalars">Numbers by their tags.</param>
/// <param name="Pictures">Pictures by their tags: "width x height x colours".</param>
internal sealed record LoggedEvent(long Step, string Version, Dictionary<string, float> Scalars, Dictionary<string, string> Pictures);

/// <summary>
/// Reads TensorBoard's files with nothing of this project and none of TorchSharp's messages: the framing (length, CRC-32C of it, bytes, CRC-32C of them, masked
/// as TensorFlow's record_writer.h has it) and the fields of tensorflow.Event by their numbers.
/// </summary>
internal static class EventReader
{
    public static IEnumerable<LoggedEvent> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return Event(record);
            at += length + 16;
        }
    }

    private static LoggedEvent Event(byte[] bytes)
    {
        var e = new LoggedEvent(0, "", [], []);
        Fields(bytes, (field, input) =>
        {
            if (field == 2) e = e with { Step = input.ReadInt64() };
            else if (field == 3) e = e with { Version = input.ReadString() };
            else if (field == 5) Fields(input.ReadBytes().ToByteArray(), (one, summary) =>
            {
                if (one == 1) Value(summary.ReadBytes().ToByteArray(), e);
            });
            else input.SkipLastField();
        });
        return e;
    }

    private static void Value(byte[] bytes, LoggedEvent e)
    {
        string tag = "";
        Fields(bytes, (field, input) =>
        {
            if (field == 1) tag = input.ReadString();
            else if (field == 2) e.Scalars.Add(tag, input.ReadFloat());
            else if (field == 4) e.Pictures.Add(tag, Picture(input.ReadBytes().ToByteArray()));
            else input.SkipLastField();
        });
    }

    private static string Picture(byte[] bytes)
    {
        int height = 0, width = 0, colours = 0;
        byte[] png = [];
        Fields(bytes, (field, input) =>
        {
            if (field == 1) height = input.ReadInt32();
            else if (field == 2) width = input.ReadInt32();
            else if (field == 3) colours = input.ReadInt32();
            else if (field == 4) png = input.ReadBytes().ToByteArray();
            else input.SkipLastField();
        });
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png.Take(4));
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        return $"{width} x {height} x {colours}";
    }

    private static void Fields(byte[] bytes, Action<int, CodedInputStream> read)
    {
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is > 0 and var tag) read(WireFormat.GetTagFieldNumber(tag), input);
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
