namespace GanPipeline.Tables;

/// <summary>How a column's dates write the names of months and days, and the halves of the day.</summary>
internal enum LetterCase
{
    /// <summary>Feb, February, Mon, PM.</summary>
    Usual,

    /// <summary>FEB, FEBRUARY, MON, PM.</summary>
    Upper,

    /// <summary>feb, february, mon, pm.</summary>
    Lower,
}
