namespace GanPipeline.TableFiles;

/// <summary>
/// Walks the descriptions in a Parquet file (Thrift's compact protocol) before Parquet.Net reads them: it takes fields for what their numbers say whatever type
/// the file gives them, reads on at the end of the bytes for ever, and takes as many elements of a list as it claims. What has passed here, it reads to the
/// end.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="length">How many of them there are.</param>
internal sealed class ParquetThrift(byte[] bytes, int length)
{
    /// <summary>What a footer holds.</summary>
    public const string Footer = "FileMetaData";

    /// <summary>What stands before a page.</summary>
    public const string Page = "PageHeader";

    /// <summary>An element of the schema: a column or a group of columns.</summary>
    public const string Element = "SchemaElement";

    private const int Byte = 3, Double = 7, Binary = 8, List = 9, Struct = 12, LongestNumber = 10;

    // A line a struct: the numbers of its fields and what they are; i for a whole number, b for true or false, y for a byte, d for a double, s for bytes,
    // [ for a list (https://github.com/apache/parquet-format, parquet.thrift).
    private static readonly Dictionary<string, Dictionary<int, string>> Structs = """
        FileMetaData 1 i 2 [SchemaElement 3 i 4 [RowGroup 5 [KeyValue 6 s 7 [ColumnOrder 8 EncryptionAlgorithm 9 s
        SchemaElement 1 i 2 i 3 i 4 s 5 i 6 i 7 i 8 i 9 i 10 Logical
        Logical 1 Empty 2 Empty 3 Empty 4 Empty 5 Decimal 6 Empty 7 Time 8 Time 10 Integer 11 Empty 12 Empty 13 Empty 14 Empty 15 Empty 16 Any 17 Shape 18 Place
        Empty
        Decimal 1 i 2 i
        Time 1 b 2 TimeUnit
        TimeUnit 1 Empty 2 Empty 3 Empty
        Integer 1 y 2 b
        Any 1 y
        Shape 1 s
        Place 1 s 2 i
        RowGroup 1 [ColumnChunk 2 i 3 i 4 [SortingColumn 5 i 6 i 7 i
        SortingColumn 1 i 2 b 3 b
        ColumnChunk 1 s 2 i 3 ColumnMetaData 4 i 5 i 6 i 7 i 8 ColumnCrypto 9 s
        ColumnMetaData 1 i 2 [i 3 [s 4 i 5 i 6 i 7 i 8 [KeyValue 9 i 10 i 11 i 12 Statistics 13 [EncodingStats 14 i 15 i 16 SizeStatistics 17 GeoStatistics
        Statistics 1 s 2 s 3 i 4 i 5 s 6 s 7 b 8 b
        EncodingStats 1 i 2 i 3 i
        SizeStatistics 1 i 2 [i 3 [i
        GeoStatistics 1 BoundingBox 2 [i
        BoundingBox 1 d 2 d 3 d 4 d 5 d 6 d 7 d 8 d
        KeyValue 1 s 2 s
        ColumnOrder 1 Empty
        ColumnCrypto 1 Empty 2 ColumnKey
        ColumnKey 1 [s 2 s
        EncryptionAlgorithm 1 Cipher 2 Cipher
        Cipher 1 s 2 s 3 b
        PageHeader 1 i 2 i 3 i 4 i 5 DataPageHeader 6 Empty 7 DictionaryPageHeader 8 DataPageHeaderV2
        DataPageHeader 1 i 2 i 3 i 4 i 5 Statistics
        DictionaryPageHeader 1 i 2 i 3 b
        DataPageHeaderV2 1 i 2 i 3 i 4 i 5 i 6 i 7 b 8 Statistics
        """.Split('\n').Select(line => line.Trim().Split(' ')).ToDictionary(parts => parts[0], parts => parts.Skip(1).Chunk(2)
            .ToDictionary(field => int.Parse(field[0], System.Globalization.CultureInfo.InvariantCulture), field => field[1]));

    /// <summary>Takes each whole number: of what struct it is, of which field, and what it is.</summary>
    public Action<string, int, long>? Number { get; init; }

    /// <summary>Takes the end of each struct.</summary>
    public Action<string>? Ended { get; init; }

    /// <summary>How far it has come.</summary>
    public int At { get; private set; }

    /// <summary>Walks a struct.</summary>
    /// <exception cref="EndOfStreamException">The bytes end before it does.</exception>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public void Walk(string name)
    {
        Dictionary<int, string> fields = Structs[name];
        int field = 0;
        while (true)
        {
            int header = Next();
            if (header == 0) break;
            (int step, int type) = (header >> 4, header & 15);
            field = step > 0 ? field + step : FieldNumber();
            string? known = fields.GetValueOrDefault(field);
            if (type is 1 or 2 && known is null or "b") continue; // the type is the value
            Value(name, field, type, known);
        }
        Ended?.Invoke(name);
    }

    /// <summary>A value; of a field that is not known what Parquet.Net passes over rightly.</summary>
    private void Value(string of, int field, int type, string? known)
    {
        switch (type, known)
        {
            case (Byte, null or "y"):
                Skip(1);
                break;
            case (4 or 5 or 6, null or "i"):
                long number = Signed();
                Number?.Invoke(of, field, number);
                break;
            case (Double, null or "d"):
                Skip(sizeof(double));
                break;
            case (Binary, null or "s"):
                Skip(Unsigned());
                break;
            case (List, ['[', .. var element]):
                Elements(of, field, element);
                break;
            case (Struct, not null) when Structs.ContainsKey(known):
                Walk(known);
                break;
            default:
                throw new InvalidDataException($"field {field} of {of} is of type {type}");
        }
    }

    private void Elements(string of, int field, string element)
    {
        int header = Next(), type = header & 15;
        ulong count = header >> 4 == 15 ? Unsigned() : (ulong)(header >> 4);
        if (count > (ulong)(length - At))
            throw new InvalidDataException($"{count} elements are claimed of field {field} of {of}, and {length - At} bytes are left");
        for (ulong i = 0; i < count; i++) Value(of, -field, type, element);
    }

    /// <summary>Parquet.Net reads 32 bits of it, and takes those that come behind for others.</summary>
    private int FieldNumber() => Signed() is >= short.MinValue and <= short.MaxValue and var number ? (int)number
        : throw new InvalidDataException("a field has a number that there is not");

    private int Next() => At < length ? bytes[At++] : throw new EndOfStreamException("it ends within a description");

    private void Skip(ulong count)
    {
        if (count > (ulong)(length - At)) throw new EndOfStreamException("it ends within a description");
        At += (int)count;
    }

    private long Signed()
    {
        ulong number = Unsigned();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private ulong Unsigned()
    {
        ulong number = 0;
        for (int i = 0; i < LongestNumber; i++)
        {
            int next = Next();
            number |= (ulong)(next & 127) << (7 * i);
            if (next < 128) return number;
        }
        throw new InvalidDataException("a number has no end");
    }
}
