using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The rows of a view in which columns of numbers, Booleans and text are generated.</summary>
internal sealed class TableRows : FittedRows
{
    private TableRows(IDataView view, DataViewSchema.Column label, DataViewSchema.Column[] columns) : base(view, label) => Columns = columns;

    /// <summary>The columns that are generated, each of one value a row.</summary>
    internal IReadOnlyList<DataViewSchema.Column> Columns { get; }

    internal static TableRows Read(IDataView view, string label, IReadOnlyList<string> columns)
    {
        var rows = new TableRows(view, view.Schema[label], [.. columns.Select(name => view.Schema[name])]);
        rows.Scan([], _ => _ => { });
        return rows;
    }

    internal override GeneratedRows Generate(UpsamplingOptions options, FitContext fit)
    {
        using ColumnGenerator generator = options.Resampler.Open(this, fit);
        CheckClasses(fit.Additions, generator.ClassNames, generator.Description);
        string[] empty = [.. Columns.Select(c => c.Name).Where(generator.Omitted.Contains)];
        if (generator.Columns is { } known && Columns.FirstOrDefault(c => !known.Contains(c.Name) && !empty.Contains(c.Name)) is { Name: not null } unknown)
            throw new UserErrorException($"{generator.Description} does not generate column '{unknown.Name}'; it generates {ClassMatch.List(known)}");
        GeneratedTable table = GeneratedTable.Generate(generator, this, fit.Additions, name => SeedOf(fit, name));
        Donors[] donors = [.. Classes.Select((c, i) =>
            DonorsOf(fit.Additions[i] > 0 ? generator.Donors(c.Name, SeedOf(fit, c.Name), fit.Additions[i]) : null, fit.Additions[i], c.Count))];
        return new(table, donors, generator.Description) { Empty = empty };
    }

    /// <summary>The rows with a label as text, to train on: what is missing is empty, and the class column comes last.</summary>
    internal Table ToText()
    {
        var builders = Columns.Append(Label).Select(c => (c.Name, Codes: new List<int>(), Known: new Dictionary<string, int>(StringComparer.Ordinal))).ToList();
        using DataViewRowCursor cursor = View.GetRowCursor(Columns.Append(Label));
        Func<int> classOf = ClassOf(cursor);
        Func<string>[] read = [.. Columns.Select(c => TextOf(cursor, c))];
        var numbers = new List<int>();
        int row = 0;
        for (; cursor.MoveNext(); row++)
        {
            int c = classOf();
            if (c < 0)
                continue;
            for (int k = 0; k < read.Length; k++)
                Add(builders[k], read[k]());
            Add(builders[^1], Classes[c].Name);
            numbers.Add(row + 1);
        }
        CheckUnchanged(row);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, codes, known) in builders)
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\0', known.Keys) + string.Join(',', codes)));
        return new Table("the fitted view", Convert.ToHexStringLower(hash.GetHashAndReset()),
            [.. builders.Select(b => new TableColumn(b.Name, [.. b.Codes], [.. b.Known.Keys]))], [.. numbers]);

        static void Add((string Name, List<int> Codes, Dictionary<string, int> Known) column, string text)
        {
            if (!column.Known.TryGetValue(text, out int code))
                column.Known.Add(text, code = column.Known.Count);
            column.Codes.Add(code);
        }
    }

    /// <summary>What the columns' types say of them: nothing is guessed from texts that look like numbers.</summary>
    internal SchemaFile Schema() => new()
    {
        Columns = Columns.ToDictionary(c => c.Name, c => new ColumnOverride
        {
            Type = c.Type switch
            {
                TextDataViewType => ColumnType.Categorical,
                BooleanDataViewType => ColumnType.Boolean,
                _ => c.Type.RawType == typeof(float) || c.Type.RawType == typeof(double) ? ColumnType.Numeric : ColumnType.Integer,
            },
        }, StringComparer.Ordinal),
    };

    /// <summary>Whether a column holds categories, texts or Booleans; else it holds numbers.</summary>
    internal static bool IsCategory(DataViewSchema.Column column) => column.Type is TextDataViewType or BooleanDataViewType;

    /// <summary>What reads a column of the row's current position as text; empty where the value is missing.</summary>
    internal static Func<string> TextOf(DataViewRow row, DataViewSchema.Column column) =>
        (Func<string>)Invoke(nameof(TextReader), column.Type.RawType, row, column);

    /// <summary>What reads a column of numbers; NaN where the value is missing.</summary>
    internal static Func<double> NumberOf(DataViewRow row, DataViewSchema.Column column) =>
        (Func<double>)Invoke(nameof(NumberReader), column.Type.RawType, row, column);

    private static Func<double> NumberReader<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T>
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return double.CreateChecked(value);
        };
    }

    private static Func<string> TextReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value switch
            {
                ReadOnlyMemory<char> text => text.ToString(),
                float.NaN or double.NaN => "",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
        };
    }

    private static object Invoke(string method, Type type, params object[] arguments) =>
        typeof(TableRows).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
