using System.Globalization;
using CsvHelper.Configuration;

namespace GanPipeline.Primitives;

/// <summary>How CSV files are read and written here: RFC 4180, numbers as everywhere in the world of programs.</summary>
public static class CsvFormat
{
    /// <summary>For a reader: it takes whatever line ends the file has.</summary>
    public static CsvConfiguration Read() => new(CultureInfo.InvariantCulture);

    /// <summary>For a writer, which has to be told how lines end.</summary>
    public static CsvConfiguration Written(string newLine = "\n") => new(CultureInfo.InvariantCulture) { NewLine = newLine };
}
