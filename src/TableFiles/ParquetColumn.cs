using Parquet.Meta;
using Parquet.Schema;
using Type = System.Type;

namespace GanPipeline.TableFiles;

/// <summary>What the values of a column of a Parquet file are, of all that a table here can have.</summary>
internal enum ParquetKind
{
    /// <summary>A list, a map, a group, bytes, or a type that is not known: no column of a table.</summary>
    Other,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 8 bits with a sign.</summary>
    Int8,

    /// <summary>A whole number of 16 bits with a sign.</summary>
    Int16,

    /// <summary>A whole number of 32 bits with a sign.</summary>
    Int32,

    /// <summary>A whole number of 64 bits with a sign.</summary>
    Int64,

    /// <summary>A whole number of 8 bits without a sign.</summary>
    UInt8,

    /// <summary>A whole number of 16 bits without a sign.</summary>
    UInt16,

    /// <summary>A whole number of 32 bits without a sign.</summary>
    UInt32,

    /// <summary>A whole number of 64 bits without a sign.</summary>
    UInt64,

    /// <summary>A number in single precision.</summary>
    Single,

    /// <summary>A number in double precision.</summary>
    Double,

    /// <summary>A number of so many decimal digits.</summary>
    Decimal,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and a time of day.</summary>
    Timestamp,

    /// <summary>A day and a time of day, as old files have them (INT96).</summary>
    OldTimestamp,

    /// <summary>A time of day.</summary>
    Time,
}

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record ParquetColumn(string Name, ParquetKind Kind)
{
    /// <summary>Digits of a <see cref="ParquetKind.Decimal"/>.</summary>
    public int Precision { get; init; }

    /// <summary>Digits of it behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>Of a timestamp or a time: its unit, as so many digits of a second (3, 6 or 9).</summary>
    public int Digits { get; init; }

    /// <summary>Of a timestamp: whether it is in UTC.</summary>
    public bool IsUtc { get; init; }

    /// <summary>How its numbers are written in the texts that are given to be written.</summary>
    public NumberHints Hints { get; init; } = NumberHints.Invariant;

    /// <summary>Of what is no column of a table: what it is ("it is a list").</summary>
    public string What { get; init; } = "";

    /// <summary>The column that a field of a file is.</summary>
    public static ParquetColumn Of(Field field)
    {
        if (field is not DataField data) return new ParquetColumn(field.Name, ParquetKind.Other) { What = $"it is a {Nested(field)}" };
        if (data.IsArray || data.MaxRepetitionLevel > 0) return new ParquetColumn(field.Name, ParquetKind.Other) { What = "it is a list" };
        LogicalType? logical = data.SchemaElement?.LogicalType;
        return data switch
        {
            DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } => new ParquetColumn(field.Name, ParquetKind.Date),
            DateTimeDataField { DateTimeFormat: DateTimeFormat.Impala } => new ParquetColumn(field.Name, ParquetKind.OldTimestamp) { Digits = 9 },
            DateTimeDataField time => new ParquetColumn(field.Name, ParquetKind.Timestamp)
            {
                Digits = logical?.TIMESTAMP is { } stamp ? DigitsOf(stamp.Unit) : time.DateTimeFormat == DateTimeFormat.DateAndTimeMicros ? 6 : 3,
                IsUtc = time.IsAdjustedToUTC,
            },
            TimeDataField time => new ParquetColumn(field.Name, ParquetKind.Time)
            {
                Digits = time.Precision switch { TimeUnitPrecision.Millis => 3, TimeUnitPrecision.Micros => 6, _ => 9 },
            },
            DecimalDataField number => number.Precision <= 28 && number.ClrType == typeof(decimal)
                ? new ParquetColumn(field.Name, ParquetKind.Decimal) { Precision = number.Precision, Scale = number.Scale }
                : new ParquetColumn(field.Name, ParquetKind.Other) { What = $"it has decimals of {number.Precision} digits (28 can be read)" },
            _ => new ParquetColumn(field.Name, KindOf(data.ClrType))
            {
                What = data.ClrType == typeof(byte[]) || data.ClrType == typeof(ReadOnlyMemory<byte>) ? "it holds bytes"
                    : $"its type ({data.ClrType.Name}) is not read",
            },
        };
    }

    /// <summary>The field of a file to write.</summary>
    public DataField ToField() => Kind switch
    {
        ParquetKind.Decimal => new DecimalDataField(Name, Precision, Scale, isNullable: true),
        ParquetKind.Date => new DateTimeDataField(Name, DateTimeFormat.Date, isNullable: true),
        ParquetKind.OldTimestamp => new DateTimeDataField(Name, DateTimeFormat.Impala, isNullable: true),
        ParquetKind.Timestamp => new DateTimeDataField(Name, DateTimeFormat.Timestamp, IsUtc,
            Digits switch { 3 => DateTimeTimeUnit.Millis, 6 => DateTimeTimeUnit.Micros, _ => DateTimeTimeUnit.Nanos }, isNullable: true),
        ParquetKind.Time => new TimeDataField(Name, Digits switch
        {
            3 => TimeUnitPrecision.Millis,
            6 => TimeUnitPrecision.Micros,
            _ =>
            TimeUnitPrecision.Nanos
        },
            isNullable: true),
        _ => new DataField(Name, TypeOf(Kind), isNullable: true),
    };

    /// <summary>Room for values of it.</summary>
    public ParquetCells Cells() => Kind switch
    {
        ParquetKind.Text => new ParquetTexts(),
        ParquetKind.Boolean => new ParquetCells<bool>(v => v ? "true" : "false", ParquetText.Boolean),
        ParquetKind.Int8 => ParquetCells.OfNumbers<sbyte>(),
        ParquetKind.Int16 => ParquetCells.OfNumbers<short>(),
        ParquetKind.Int32 => ParquetCells.OfNumbers<int>(),
        ParquetKind.Int64 => ParquetCells.OfNumbers<long>(),
        ParquetKind.UInt8 => ParquetCells.OfNumbers<byte>(),
        ParquetKind.UInt16 => ParquetCells.OfNumbers<ushort>(),
        ParquetKind.UInt32 => ParquetCells.OfNumbers<uint>(),
        ParquetKind.UInt64 => ParquetCells.OfNumbers<ulong>(),
        ParquetKind.Single => ParquetCells.OfNumbers<float>(),
        ParquetKind.Double => ParquetCells.OfNumbers<double>(),
        ParquetKind.Decimal => new ParquetCells<decimal>(ParquetText.Decimals(Scale), ParquetText.Decimal(Precision, Scale)),
        ParquetKind.Date => new ParquetTimes(this),
        ParquetKind.Timestamp or ParquetKind.OldTimestamp or ParquetKind.Time => new ParquetTimes(this),
        _ => throw new InvalidOperationException($"no values of {Kind}"),
    };

    private static string Nested(Field field) => field.SchemaType switch
    {
        SchemaType.List => "list",
        SchemaType.Map => "map",
        _ => "group of columns",
    };

    private static int DigitsOf(TimeUnit? unit) => unit?.NANOS is not null ? 9 : unit?.MICROS is not null ? 6 : 3;

    private static readonly (ParquetKind Kind, Type Type)[] Types =
    [
        (ParquetKind.Text, typeof(string)), (ParquetKind.Boolean, typeof(bool)), (ParquetKind.Int8, typeof(sbyte)), (ParquetKind.Int16, typeof(short)),
        (ParquetKind.Int32, typeof(int)), (ParquetKind.Int64, typeof(long)), (ParquetKind.UInt8, typeof(byte)), (ParquetKind.UInt16, typeof(ushort)),
        (ParquetKind.UInt32, typeof(uint)), (ParquetKind.UInt64, typeof(ulong)), (ParquetKind.Single, typeof(float)), (ParquetKind.Double, typeof(double)),
    ];

    private static ParquetKind KindOf(Type type) => type == typeof(ReadOnlyMemory<char>) ? ParquetKind.Text
        : Types.FirstOrDefault(t => t.Type == type).Kind;

    private static Type TypeOf(ParquetKind kind) => Types.First(t => t.Kind == kind).Type;
}
