using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// The class of a row by name, whatever the type of its label column: keys are numbered by the data, so only names can be matched with a generator's classes.
/// </summary>
internal static class ClassNames
{
    /// <summary>What reads the class name of the row's current position; null when the label is missing (key 0, empty text, NaN).</summary>
    internal static Func<string?> Reader(DataViewRow row, DataViewSchema.Column label)
    {
        Func<string?> read = label.Type switch
        {
            KeyDataViewType => GenericCall.Of<Func<string?>>(typeof(ClassNames), nameof(Keys), label.Type.RawType, row, label, KeyNames(label)),
            _ => GenericCall.Of<Func<string?>>(typeof(ClassNames), nameof(Values), label.Type.RawType, row, label),
        };
        return read;
    }

    /// <summary>
    /// All classes of a Boolean label or of a key, also those without a row, in the order of the scores that ML.NET's trainers give them.
    /// </summary>
    internal static IReadOnlyList<string> All(DataViewSchema.Column label) => label.Type is KeyDataViewType key
        ? [.. (KeyNames(label) ?? new string?[key.Count]).Select((name, i) => name ?? i.ToString(CultureInfo.InvariantCulture))]
        : [bool.FalseString, bool.TrueString];

    private static Func<string?> Values<T>(DataViewRow row, DataViewSchema.Column label)
        where T : notnull
    {
        ValueGetter<T> getter = row.GetGetter<T>(label);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Name(value);
        };
    }

    /// <summary>Raw key k is value k - 1: of the column's key values, or, where it has none, the number that a .NET program sees.</summary>
    private static Func<string?> Keys<T>(DataViewRow row, DataViewSchema.Column label, string?[]? names)
        where T : IConvertible
    {
        ValueGetter<T> getter = row.GetGetter<T>(label);
        T value = default!;
        return () =>
        {
            getter(ref value);
            ulong raw = value.ToUInt64(CultureInfo.InvariantCulture);
            if (raw == 0)
                return null;
            return names is null ? (raw - 1).ToString(CultureInfo.InvariantCulture) : raw <= (ulong)names.Length ? names[raw - 1] : null;
        };
    }

    /// <summary>The key values as names. HasKeyValues only knows of text, so the annotation's own type decides.</summary>
    private static string?[]? KeyNames(DataViewSchema.Column label) => label.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType type
        ? GenericCall.Of<string?[]>(typeof(ClassNames), nameof(KeyNamesOf), type.ItemType.RawType, label)
        : null;

    private static string?[] KeyNamesOf<T>(DataViewSchema.Column label)
        where T : notnull
    {
        VBuffer<T> values = default;
        label.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(Name)];
    }

    private static string? Name<T>(T value)
        where T : notnull => value switch
        {
            ReadOnlyMemory<char> text => text.IsEmpty ? null : text.ToString(),
            float.NaN or double.NaN => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}
