using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GanPipeline.Cli.Printing;

/// <summary>
/// Results as objects of JSON. A property has the name of the record's in snake case; a number that does not exist is null; a time is in seconds, and its
/// name says so; an enumeration is a word.
/// </summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteNumber(), new Seconds() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameTimes, NameTuples } },
    };

    /// <summary>One line; its first property, <c>result</c>, says what it is: <c>train</c>, <c>export</c>, <c>generate_plan</c> ...</summary>
    public static string Of(object result)
    {
        JsonObject json = JsonSerializer.SerializeToNode(result, result.GetType(), Options)!.AsObject();
        json.Insert(0, "result", Kind(result.GetType()));
        return json.ToJsonString(Options);
    }

    /// <summary>The name of a record, without the word 'Result' at its end.</summary>
    private static string Kind(Type type)
    {
        const string End = "Result";
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name.EndsWith(End, StringComparison.Ordinal) ? type.Name[..^End.Length] : type.Name);
    }

    private static void NameTimes(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(p => p.PropertyType == typeof(TimeSpan) || p.PropertyType == typeof(TimeSpan?)))
            property.Name += "_seconds";
    }

    /// <summary>The elements of tuples have names in the source alone; the compiler notes them beside the property.</summary>
    private static void NameTuples(JsonTypeInfo type)
    {
        for (int i = 0; i < type.Properties.Count; i++)
        {
            JsonPropertyInfo property = type.Properties[i];
            object[] marks = property.AttributeProvider?.GetCustomAttributes(typeof(TupleElementNamesAttribute), true) ?? [];
            if (marks is not [TupleElementNamesAttribute { TransformNames: var names }]) continue;
            Func<object, object?> get = property.Get!;
            JsonPropertyInfo named = type.CreateJsonPropertyInfo(typeof(List<Dictionary<string, object?>>), property.Name);
            named.Get = owner => ((IEnumerable)get(owner)!).Cast<ITuple>().Select(tuple => Enumerable.Range(0, tuple.Length)
                .ToDictionary(at => JsonNamingPolicy.SnakeCaseLower.ConvertName(names[at]!), at => tuple[at])).ToList();
            type.Properties[i] = named;
        }
    }

    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }

    private sealed class Seconds : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
    }
}
