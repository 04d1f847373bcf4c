namespace TorchSharp.Utils;

/// <summary>The variable-length integers of upstream's files, which are .NET's 7-bit encoded ones.</summary>
internal static class Leb128
{
    internal static void Encode(this BinaryWriter writer, long value) => writer.Write7BitEncodedInt64(value);
    internal static long Decode(this BinaryReader reader) => reader.Read7BitEncodedInt64();
}
