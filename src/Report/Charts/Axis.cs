namespace GanPipeline.Report.Charts;

/// <summary>A scale with round numbers: where a value lies between two ends, and which values get a line.</summary>
internal sealed class Axis
{
    private readonly double _from, _to, _low, _high, _step;

    /// <summary>Covers <paramref name="low"/> to <paramref name="high"/> on the units from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Largest value.</param>
    /// <param name="from">Place of the smallest.</param>
    /// <param name="to">Place of the largest.</param>
    /// <param name="steps">About how many round numbers are marked.</param>
    /// <param name="widen">Whether the ends are made round numbers, too.</param>
    public Axis(double low, double high, double from, double to, int steps, bool widen)
    {
        if (low > high || !double.IsFinite(low) || !double.IsFinite(high)) (low, high) = (0, 1);
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high - low < 1e-300)
        {
            double air = low == 0 ? 1 : Math.Abs(low) / 2;
            (low, high) = (low - air, high + air);
        }
        _step = Round((high - low) / steps);
        (_low, _high) = widen ? (Math.Floor(low / _step + 1e-9) * _step, Math.Ceiling(high / _step - 1e-9) * _step) : (low, high);
        (_from, _to) = (from, to);
    }

    /// <summary>The marked values, with their text.</summary>
    public IEnumerable<(double Place, string Text)> Marks
    {
        get
        {
            for (double k = Math.Ceiling(_low / _step - 1e-9); k * _step <= _high + _step * 1e-9; k++) yield return (Place(k * _step), Text(k * _step));
        }
    }

    public double Place(double value) => _from + (value - _low) / (_high - _low) * (_to - _from);

    private string Text(double value)
    {
        if (Math.Abs(value) < _step / 2) return "0";
        if (Math.Abs(value) is >= 1e6 or < 1e-3) return value.ToString("0.##e0", System.Globalization.CultureInfo.InvariantCulture);
        int decimals = (int)Math.Clamp(-Math.Floor(Math.Log10(_step) + 1e-9), 0, 9);
        return value.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>1, 2 or 5 times a power of ten, at least <paramref name="step"/>.</summary>
    private static double Round(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 });
    }
}
