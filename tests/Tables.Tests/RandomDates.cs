using System.Globalization;

namespace GanPipeline.Tables.Tests;

/// <summary>Columns of dates of many forms, ranges and resolutions.</summary>
internal static class RandomDates
{
    private static readonly string[] s_days = ["yyyy-MM-dd", "d.M.yyyy", "dd-MMM-yyyy", "MMMM d, yyyy", "yyyyMMdd", "ddd, dd MMM yyyy"],
        s_times = ["HH:mm:ss", "H:mm:ss", "h:mm:ss tt", "HHmmss"];

    /// <summary>Some dates, their format, and the ticks that all their differences are multiples of.</summary>
    public static (string[] Texts, string Format, long Unit) Of(int seed)
    {
        var random = new Random(seed);
        int digits = random.Next(8);
        (string fraction, long unit) = random.Next(6) switch
        {
            0 => ("", TimeSpan.TicksPerSecond),
            1 => ("", 10 * TimeSpan.TicksPerSecond),
            2 when digits > 0 => ("." + new string('F', digits), (long)Math.Pow(10, 7 - digits)),
            _ when digits > 0 => ("." + new string('f', digits), (long)Math.Pow(10, 7 - digits)),
            _ => ("", TimeSpan.TicksPerMinute),
        };
        string time = s_times[random.Next(s_times.Length)], day = s_days[random.Next(s_days.Length)];
        time = fraction.Length == 0 || !time.EndsWith("ss", StringComparison.Ordinal) ? time : time + fraction;
        if (time.EndsWith("tt", StringComparison.Ordinal)) time = time.Replace("ss", "ss" + fraction, StringComparison.Ordinal);
        string format = day + (random.Next(2) == 0 ? " " : "'T'") + time + new[] { "", "'Z'", "+02:00", " 'UTC'" }[random.Next(4)];
        var start = new DateTime(random.Next(1600, 2030), random.Next(1, 13), random.Next(1, 29), 0, 0, 0);
        long range = (long)(Math.Exp(random.NextDouble() * Math.Log(80L * 365 * TimeSpan.TicksPerDay / unit)) + 2); // most magnitudes are equally likely
        range = Math.Min(range, (1L << 50) - 1);
        start = start.AddTicks(random.NextInt64(TimeSpan.TicksPerDay) / unit * unit);
        string[] texts = [.. Enumerable.Range(0, 40).Select(_ =>
            start.AddTicks(random.NextInt64(range) * unit).ToString(format, CultureInfo.InvariantCulture))];
        return (texts, format, unit);
    }
}
