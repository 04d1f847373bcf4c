namespace GanPipeline.Primitives.Tests;

public sealed class CsvFormatTests
{
    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("-", "'-")]
    [InlineData("-5", "-5")]
    [InlineData("+5.25", "+5.25")]
    [InlineData("-1e-7", "-1e-7")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    [InlineData("'=1", "'=1")]
    public void Formulas_get_an_apostrophe_and_numbers_do_not(string text, string safe) => Assert.Equal(safe, CsvFormat.WithoutFormula(text));
}
