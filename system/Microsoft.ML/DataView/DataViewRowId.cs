using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit row identity. <see cref="Fork"/>, <see cref="Next"/> and <see cref="Combine"/> mix well but give other bits than upstream.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high) => (Low, High) = (low, high);

    public DataViewRowId Fork() => new(Mix(Low), Mix(High ^ 0x9E3779B97F4A7C15UL));

    public DataViewRowId Next() => new(Mix(Low + 0x9E3779B97F4A7C15UL), Mix(High + Low));

    public DataViewRowId Combine(DataViewRowId other)
    {
        ulong low = Mix(Low ^ Mix(other.Low + 0x9E3779B97F4A7C15UL)), high = Mix(High ^ Mix(other.High + 0xD1B54A32D192ED03UL));
        return new(low + high, Mix(high ^ low));
    }

    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
