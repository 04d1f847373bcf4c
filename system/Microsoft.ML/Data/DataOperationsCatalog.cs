using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed class DataOperationsCatalog
{
    private readonly int _seed;

    internal DataOperationsCatalog(int seed) => _seed = seed;

    public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EnumerableView<TRow>(data, MemberColumn.Bind(typeof(TRow), schemaDefinition, SchemaDefinition.Direction.Read));
    }

    public IEnumerable<TRow> CreateEnumerable<TRow>(IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false,
        SchemaDefinition schemaDefinition = null)
        where TRow : class, new()
    {
        ArgumentNullException.ThrowIfNull(data);
        return ObjectReader<TRow>.ReadAll(data, reuseRowObject, ObjectReader<TRow>.Bind(data.Schema, ignoreMissingColumns, schemaDefinition));
    }

    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        var cache = new CacheDataView(input);
        if (columnsToPrefetch.Length > 0)
            cache.Prefetch(ActiveColumns.Flags(input.Schema, columnsToPrefetch.Select(name => input.Schema[name])));
        return cache;
    }

    public IDataView TakeRows(IDataView input, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new SelectedRowsView(input, [], row => () => row.Position < count, false, () => input.GetRowCount() is { } rows ? Math.Min(rows, count) : null);
    }

    public IDataView SkipRows(IDataView input, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new SelectedRowsView(input, [], row => () => row.Position >= count, false,
            () => input.GetRowCount() is { } rows ? Math.Max(0, rows - count) : null);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shufflePoolSize);
        return new ShuffledView(input, seed ?? _seed, shufflePoolSize, shuffleSource);
    }

    /// <summary>Rows whose number lies in [lowerBound, upperBound). NaN lies nowhere.</summary>
    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity,
        double upperBound = double.PositiveInfinity)
    {
        DataViewSchema.Column column = input.Schema[columnName];
        Func<DataViewRow, Func<double>> number = column.Type switch
        {
            NumberDataViewType type when type == NumberDataViewType.Single => row => Then(RowValues.Reader<float>(row, column), value => (double)value),
            NumberDataViewType type when type == NumberDataViewType.Double => row => RowValues.Reader<double>(row, column),
            _ => throw new ArgumentOutOfRangeException(nameof(columnName),
                $"The column '{columnName}' has type '{column.Type}', which cannot be filtered by range."),
        };
        return new SelectedRowsView(input, [column], row =>
        {
            Func<double> value = number(row);
            return () => value() is var v && lowerBound <= v && v < upperBound;
        }, true, () => null);
    }

    public TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null, int? seed = null)
    {
        if (testFraction is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), "Must be between 0 and 1 exclusive");
        return Split(data, 0, testFraction, samplingKeyColumnName, seed);
    }

    public IReadOnlyList<TrainTestData> CrossValidationSplit(IDataView data, int numberOfFolds = 5, string samplingKeyColumnName = null, int? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        return [.. Enumerable.Range(0, numberOfFolds)
            .Select(k => Split(data, k / (double)numberOfFolds, (k + 1) / (double)numberOfFolds, samplingKeyColumnName, seed))];
    }

    private TrainTestData Split(IDataView data, double low, double high, string keyColumn, int? seed)
    {
        int number = seed ?? _seed;
        DataViewSchema.Column[] columns = keyColumn is null ? [] : [data.Schema[keyColumn]];
        IDataView Part(bool test) => new SelectedRowsView(data, columns, row =>
        {
            Func<double> fraction = keyColumn is null ? new Random(number).NextDouble : KeyFraction(row, columns[0], number);
            return () => fraction() is var f && (low <= f && f < high) == test;
        }, keyColumn is not null, () => null);
        return new(Part(test: false), Part(test: true));
    }

    /// <summary>A number in [0, 1) that rows with the same value share.</summary>
    private static Func<double> KeyFraction(DataViewRow row, DataViewSchema.Column column, int seed)
    {
        if (column.Type is not PrimitiveDataViewType)
            throw new ArgumentOutOfRangeException(nameof(column), $"The sampling key column '{column.Name}' has type '{column.Type}'; it must be one value.");
        ColumnStore store = ColumnStore.Create(column.Type);
        Action<int> record = store.Recorder(row, column);
        Func<object> value = ColumnStore.Boxed(store.Getter(() => 0));
        return () =>
        {
            record(0);
            ulong hash = 14695981039346656037UL ^ (uint)seed;
            foreach (char c in Convert.ToString(value(), CultureInfo.InvariantCulture))
                hash = (hash ^ c) * 1099511628211UL;
            return new DataViewRowId(hash, 0).Fork().Low / (ulong.MaxValue + 1.0);
        };
    }

    private static Func<TOut> Then<TIn, TOut>(Func<TIn> read, Func<TIn, TOut> convert) => () => convert(read());

    public struct TrainTestData
    {
        internal TrainTestData(IDataView train, IDataView test) => (TrainSet, TestSet) = (train, test);

        public readonly IDataView TrainSet;
        public readonly IDataView TestSet;
    }
}
