namespace GanPipeline.Tables;

/// <summary>When a number is written with an exponent, and how: the habits of programs.</summary>
internal enum NumberExponent
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Python and NumPy: 1e-05 and 1e+16.</summary>
    Python,

    /// <summary>.NET: 1E-05 and 1E+17 (float32: 1E+09).</summary>
    DotNet,

    /// <summary>.NET as it was: 1E-05 and 1E+15 (float32: 1E+07).</summary>
    FormerDotNet,

    /// <summary>JavaScript: 1e-7 and 1e+21.</summary>
    JavaScript,

    /// <summary>Java: 1.0E-4 and 1.0E7.</summary>
    Java,

    /// <summary>C's %g: 1e-05, and above as many digits as the number has.</summary>
    C,

    /// <summary>R: where the text is shorter for it: 1e-05 and 1e+05.</summary>
    R,

    /// <summary>C's %e: always.</summary>
    Always,

    /// <summary>.NET's and spreadsheets' E: always.</summary>
    AlwaysUpper,
}

/// <summary>How a spelling of exponents looks.</summary>
/// <param name="Letter">What stands before the exponent.</param>
/// <param name="Plus">Whether one above 0 has a sign.</param>
/// <param name="Digits">Digits at least.</param>
/// <param name="Low">From this power of ten on numbers are written without one.</param>
/// <param name="High">Up to below this one.</param>
internal readonly record struct ExponentSpelling(char Letter, bool Plus, int Digits, int Low, int High)
{
    /// <summary>The spelling that a style has.</summary>
    public static ExponentSpelling Of(NumberStyle style) => style.Exponent switch
    {
        NumberExponent.Python => new('e', true, 2, -4, 16),
        NumberExponent.DotNet => new('E', true, 2, -4, style.Rounding == NumberRounding.Single ? 9 : 17),
        NumberExponent.FormerDotNet => new('E', true, 2, -4, style.Rounding == NumberRounding.Single ? 7 : 15),
        NumberExponent.JavaScript => new('e', true, 1, -6, 21),
        NumberExponent.Java => new('E', false, 1, -3, 7),
        NumberExponent.C => new('e', true, 2, -4, style.Rounding == NumberRounding.Significant ? style.Digits : NumberStyle.MostDigits),
        NumberExponent.R => new('e', true, 2, 0, 0),
        NumberExponent.Always => new('e', true, 2, int.MaxValue, int.MinValue),
        NumberExponent.AlwaysUpper => new('E', true, 2, int.MaxValue, int.MinValue),
        _ => new('e', true, 2, int.MinValue, int.MaxValue),
    };
}
