using System.Buffers.Binary;
using System.Text;

namespace GanPipeline.Training.Native;

/// <summary>
/// What a shared library of Linux (ELF, 64 bits, little endian: System V ABI, and "ELF symbol versioning" of the Linux Standard Base, section 11.7) asks of
/// others. The file is untrusted: every offset is checked, and one that leads outside the file ends the reading with <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class SymbolVersions
{
    private const uint DynamicSymbols = 11, NeededVersions = 0x6ffffffe, SymbolVersionTable = 0x6fffffff;
    private const int SectionSize = 64, SymbolSize = 24, NeedSize = 16, VersionSize = 16;
    private const ushort Weak = 2; // VER_FLG_WEAK: glibc's loader goes on where the version is missing
    private const ushort VersionIndexMask = 0x7fff;

    private readonly byte[] _file;

    /// <summary>Takes the bytes of a library.</summary>
    /// <exception cref="InvalidDataException">They are no such library.</exception>
    internal SymbolVersions(byte[] file)
    {
        _file = file;
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("no 64-bit ELF file");
    }

    /// <summary>A copy of the library that can be loaded where <paramref name="version"/> is missing, if nothing in it but <paramref name="anchor"/> has that
    /// version.</summary>
    /// <remarks>The anchor must be a symbol that is declared and never used: a function that is called would be looked up, and not found, later.</remarks>
    /// <returns>Null when the library does not ask for the version, or has more than the anchor from it.</returns>
    /// <exception cref="InvalidDataException">The library is malformed.</exception>
    internal byte[]? WithOptional(string version, string anchor)
    {
        (long flags, ushort index) = Find(version);
        if (flags < 0 || !SymbolsOf(index).SequenceEqual([anchor])) return null;
        byte[] copy = (byte[])_file.Clone();
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan((int)flags), (ushort)(Read16(flags) | Weak));
        return copy;
    }

    /// <summary>The names of all functions and variables that the library takes from others, those that it can do without left out.</summary>
    /// <exception cref="InvalidDataException">The library is malformed.</exception>
    internal List<string> Undefined()
    {
        const int local = 0, weak = 2;
        var names = new List<string>();
        foreach ((long symbol, string name, _) in Symbols())
        {
            int binding = Read8(symbol + 4) >> 4;
            if (Read16(symbol + 6) == 0 && binding is not (local or weak)) names.Add(name); // section 0: undefined
        }
        return names;
    }

    /// <summary>Where the flags of a needed version are in the file (-1: it is not needed), and the number that symbols know it by.</summary>
    private (long Flags, ushort Index) Find(string version)
    {
        foreach (Section section in Sections(NeededVersions))
        {
            Section strings = SectionAt(section.Link);
            long library = section.Offset;
            for (uint i = 0; i < section.Info; i++)
            {
                long entry = library + Read32(library + 8);
                for (int left = Read16(library + 2); left > 0; left--)
                {
                    if (Text(strings, Read32(entry + 8)) == version) return (entry + 4, Read16(entry + 6));
                    uint next = Read32(entry + 12);
                    if (next < VersionSize) break;
                    entry += next;
                }
                uint nextLibrary = Read32(library + 12);
                if (nextLibrary < NeedSize) break;
                library += nextLibrary;
            }
        }
        return (-1, 0);
    }

    private IEnumerable<string> SymbolsOf(ushort version) => Symbols().Where(symbol => symbol.Version == version).Select(symbol => symbol.Name);

    private IEnumerable<(long Offset, string Name, ushort Version)> Symbols()
    {
        Section? versions = Sections(SymbolVersionTable).Cast<Section?>().FirstOrDefault();
        foreach (Section table in Sections(DynamicSymbols))
        {
            Section strings = SectionAt(table.Link);
            long count = table.Length / SymbolSize;
            for (long i = 1; i < count; i++) // the first is empty
            {
                long symbol = table.Offset + i * SymbolSize;
                ushort version = versions is { } v && i < v.Length / 2 ? (ushort)(Read16(v.Offset + 2 * i) & VersionIndexMask) : (ushort)0;
                yield return (symbol, Text(strings, Read32(symbol)), version);
            }
        }
    }

    private IEnumerable<Section> Sections(uint type)
    {
        int count = Read16(60);
        for (uint i = 0; i < count; i++)
        {
            Section section = SectionAt(i);
            if (section.Type == type) yield return section;
        }
    }

    private Section SectionAt(uint index)
    {
        ulong table = Read64(40);
        if (index >= Read16(60) || Read16(58) != SectionSize || table > (ulong)_file.Length) throw new InvalidDataException("an ELF section is missing");
        long at = (long)table + (long)index * SectionSize;
        ulong offset = Read64(at + 24), length = Read64(at + 32);
        if (Read32(at + 4) is DynamicSymbols or NeededVersions or SymbolVersionTable or 3 // 3: a table of strings
            && (offset > (ulong)_file.Length || length > (ulong)_file.Length - offset)) throw new InvalidDataException("an ELF section ends behind the file");
        return new Section(Read32(at + 4), (long)offset, (long)length, Read32(at + 40), Read32(at + 44));
    }

    private string Text(Section strings, uint offset)
    {
        if (offset >= strings.Length) throw new InvalidDataException("an ELF name lies outside its table");
        ReadOnlySpan<byte> rest = Span(strings.Offset + offset, (int)(strings.Length - offset));
        int end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw new InvalidDataException("an ELF name does not end");
    }

    private byte Read8(long at) => Span(at, 1)[0];
    private ushort Read16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(Span(at, 2));
    private uint Read32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(Span(at, 4));
    private ulong Read64(long at) => BinaryPrimitives.ReadUInt64LittleEndian(Span(at, 8));

    private ReadOnlySpan<byte> Span(long at, int length) =>
        at >= 0 && at <= _file.Length - length ? _file.AsSpan((int)at, length) : throw new InvalidDataException("an ELF offset lies behind the file");

    private readonly record struct Section(uint Type, long Offset, long Length, uint Link, uint Info);
}
