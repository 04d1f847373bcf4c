using System.Globalization;
using System.Numerics;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Generated values of one column of a view, in the column's own type.</summary>
internal abstract class GeneratedColumn(string name)
{
    /// <summary>The column's name.</summary>
    internal string Name => name;

    /// <summary>A column for that many rows.</summary>
    /// <param name="column">The view's column: of numbers, Booleans or text.</param>
    /// <param name="rows">Rows over all classes.</param>
    /// <param name="generator">Where the values come from, for messages.</param>
    internal static GeneratedColumn Create(DataViewSchema.Column column, long rows, string generator) => column.Type switch
    {
        TextDataViewType => new Texts(column, rows, generator),
        BooleanDataViewType => new Booleans(column, rows, generator),
        _ => (GeneratedColumn)Activator.CreateInstance(typeof(Numbers<>).MakeGenericType(column.Type.RawType), [column, rows, generator])!,
    };

    /// <summary>Keeps values for rows <paramref name="first"/>, first + 1, ...</summary>
    internal abstract void Take(long first, TableValues values);

    /// <summary>Keeps a number for a row; NaN: the value is missing.</summary>
    internal abstract void Set(long row, double number);

    /// <summary>Keeps a category for a row; empty: the value is missing.</summary>
    internal abstract void Set(long row, string text);

    /// <summary>Has all rows lack a value; where the type knows none that is missing, they have its default.</summary>
    internal abstract void Empty();

    /// <summary>A getter of the row that <paramref name="current"/> names when it is called.</summary>
    internal abstract Delegate Getter(Func<long> current);

    private abstract class Typed<T>(DataViewSchema.Column column, long rows, string generator) : GeneratedColumn(column.Name)
    {
        private readonly T[] _values = new T[rows];

        internal sealed override void Take(long first, TableValues values)
        {
            for (int i = 0; i < values.Numbers.Length; i++)
                _values[first + i] = OfNumber(values.Numbers[i]);
            for (int i = 0; i < values.Texts.Length; i++)
                _values[first + i] = OfText(values.Texts[i]);
            for (int i = 0; i < values.Integers.Length; i++)
                _values[first + i] = OfInteger(values.Integers[i]);
        }

        internal sealed override void Set(long row, double number) => _values[row] = Nearest(number);

        internal sealed override void Set(long row, string text) => _values[row] = OfText(text);

        internal sealed override void Empty() => Array.Fill(_values, Missing);

        internal sealed override Delegate Getter(Func<long> current) => (ValueGetter<T>)((ref T value) => value = _values[current()]);

        /// <summary>The value of a number that a file gave.</summary>
        protected virtual T OfNumber(double number) => OfText(double.IsNaN(number) ? "" : number.ToString(CultureInfo.InvariantCulture));

        /// <summary>The value of a whole number that a file gave.</summary>
        protected virtual T OfInteger(long number) => OfText(number == OutputColumn.MissingInteger ? "" : number.ToString(CultureInfo.InvariantCulture));

        /// <summary>The value that is nearest to a number that was computed.</summary>
        protected virtual T Nearest(double number) => OfNumber(number);

        protected abstract T OfText(string text);

        protected virtual T Missing => default!;

        protected UserErrorException Misfit(string value) => new(
            $"{generator} gives {(value.Length == 0 ? "rows without a value" : $"'{value}'")} in column '{column.Name}', "
            + $"which a column of {column.Type} cannot hold; use the type that the generator was trained on");
    }

    private sealed class Texts(DataViewSchema.Column column, long rows, string generator) : Typed<ReadOnlyMemory<char>>(column, rows, generator)
    {
        // A column has few different texts, and rows share them.
        private readonly Dictionary<string, ReadOnlyMemory<char>> _known = new(StringComparer.Ordinal);

        protected override ReadOnlyMemory<char> OfText(string text) =>
            _known.TryGetValue(text, out ReadOnlyMemory<char> known) ? known : _known[text] = text.AsMemory();
    }

    private sealed class Booleans(DataViewSchema.Column column, long rows, string generator) : Typed<bool>(column, rows, generator)
    {
        protected override bool OfNumber(double number) => number is 0 or 1 ? number == 1
            : throw Misfit(double.IsNaN(number) ? "" : number.ToString(CultureInfo.InvariantCulture));

        protected override bool OfText(string text) => bool.TryParse(text, out bool value) ? value : throw Misfit(text);
    }

    private sealed class Numbers<T>(DataViewSchema.Column column, long rows, string generator) : Typed<T>(column, rows, generator)
        where T : INumber<T>
    {
        private static readonly bool _isWhole = typeof(T) != typeof(float) && typeof(T) != typeof(double);

        protected override T Missing => _isWhole ? T.Zero : T.CreateChecked(double.NaN);

        protected override T OfNumber(double number)
        {
            if (double.IsNaN(number))
                return OfText("");
            try
            {
                return !_isWhole || Math.Round(number) == number ? T.CreateChecked(number) : throw Misfit(number.ToString(CultureInfo.InvariantCulture));
            }
            catch (OverflowException)
            {
                throw Misfit(number.ToString(CultureInfo.InvariantCulture));
            }
        }

        // Between whole numbers lies a fraction, and the column has none.
        protected override T Nearest(double number) => OfNumber(_isWhole ? Math.Round(number) : number);

        protected override T OfText(string text)
        {
            if (text.Length == 0)
                return _isWhole ? throw Misfit(text) : T.CreateChecked(double.NaN);
            // A whole number may be written with an exponent, which integers do not read.
            return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? value) ? value : throw Misfit(text);
        }
    }
}
