using System.Globalization;

namespace GanPipeline.Stages;

/// <summary>Numbers the IDs of a column on: whole numbers, or texts of one beginning and a number, such as C00123.</summary>
internal sealed class IdNumbers
{
    private const int MostDigits = 38; // of an Int128

    private string? _prefix;
    private Int128 _last = -1;
    private int _shortest = int.MaxValue, _longest;
    private bool _padded, _misfit;

    /// <summary>Whether the IDs that were seen have a next one.</summary>
    public bool HasNext => !_misfit && _prefix is not null && (!_padded || _shortest == _longest);

    /// <summary>Hears of an ID that is there; an empty one is none.</summary>
    public void See(string id)
    {
        if (_misfit || id.Length == 0) return;
        ReadOnlySpan<char> prefix = id.AsSpan().TrimEnd("0123456789"), digits = id.AsSpan(prefix.Length);
        _misfit = digits.Length is 0 or > MostDigits || (_prefix is not null && !prefix.SequenceEqual(_prefix));
        if (_misfit) return;
        _prefix ??= prefix.ToString();
        _last = Int128.Max(_last, Int128.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
        _padded |= digits is ['0', _, ..];
        (_shortest, _longest) = (Math.Min(_shortest, digits.Length), Math.Max(_longest, digits.Length));
    }

    /// <summary>The next ID, as many digits long as those that are there where they begin with zeros.</summary>
    public string Next() => Id(++_last);

    /// <summary>The ID that <see cref="Next"/> gives when it is called for the time of that number, from 1.</summary>
    public string After(long times) => Id(_last + times);

    private string Id(Int128 number) => _prefix + number.ToString(_padded ? $"D{_longest}" : "D", CultureInfo.InvariantCulture);
}
