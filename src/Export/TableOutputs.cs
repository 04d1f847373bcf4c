using GanPipeline.Export.Tables;
using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Export;

/// <summary>
/// The last part of a table generator's graph: from encoded rows to one output a column, [N, 1], in the table's own units: numbers rounded and in their range
/// (NaN where the value is missing), categories, dates and the class as text (empty where it is missing).
/// </summary>
internal static class TableOutputs
{
    /// <summary>What the names of the graph's own values begin with.</summary>
    private static readonly string[] Prefixes = ["generator.", "column.", "label.", "noise."];

    /// <summary>
    /// The columns of a generated row, in the table's order; an output's name differs from its column's where another value of the graph
    /// has that name.
    /// </summary>
    public static IReadOnlyList<OutputColumn> Columns(TableCodec codec, ExportOptions options)
    {
        var codes = codec.Columns.Concat(codec.Derived.Select(column => column.Column)).ToDictionary(column => column.Name);
        var formulas = codec.Derived.ToDictionary(column => column.Name, column => column.Recipe.Formula);
        HashSet<string> taken = [options.NoiseInside ? options.Names.Count : options.Names.Noise, .. codec.Label is null ? Array.Empty<string>()
            : [options.Names.Label]];
        return [.. codec.Header.Select(name =>
        {
            var output = name.Replace('\0', '_'); // at which a name of C ends
            output = output.Length == 0 || Prefixes.Any(prefix => output.StartsWith(prefix, StringComparison.Ordinal)) ? "_" + output : output;
            while (!taken.Add(output))
            {
                output += "_";
            }

            var code = codes.GetValueOrDefault(name);
            return new OutputColumn(name, output, code is null || code.IsText)
            {
                Style = code is { IsText: false, Style: { } style } ? NumberStyleText.Of(style) : "",
                IsInteger = code?.IsInteger ?? false,
                StoredValues = code?.StoredValues ?? 0,
                Formula = formulas.GetValueOrDefault(name, ""),
            };
        })];
    }

    /// <summary>The version of ONNX's operators: the one that is asked for, or the oldest usual one that has all that the table's columns need.</summary>
    /// <param name="codec">The code of the columns; null for other samples.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="UserErrorException">An older one is asked for.</exception>
    public static int Opset(TableCodec? codec, ExportOptions options)
    {
        var times = codec?.Columns.FirstOrDefault(DateOutput.Concatenates);
        return times is null || options.Opset >= DateOutput.OpsetOfConcatenation ? options.Opset ?? ExportOptions.UsualOpset
            : options.Opset is null ? DateOutput.OpsetOfConcatenation
            : throw UserErrorException.Usage($"column '{times.Name}' has {times.Dates!.Count} different times, whose texts are put together by an operator "
                + $"that ONNX has from opset {DateOutput.OpsetOfConcatenation} on, and opset {options.Opset} was asked for; "
                + "leave the option out, or the column");
    }

    /// <summary>Adds the outputs.</summary>
    /// <param name="encoded">Scalars, then logits of the slots: [N, width].</param>
    /// <param name="label">Class indices [N], or null.</param>
    /// <param name="classNames">Text of each class.</param>
    /// <param name="codec">The code of the columns.</param>
    /// <param name="columns">What <see cref="Columns"/> says.</param>
    /// <param name="graph">The graph.</param>
    public static void Add(GraphValue encoded, GraphValue? label, IReadOnlyList<string> classNames, TableCodec codec, IReadOnlyList<OutputColumn> columns,
        GraphBuilder graph)
    {
        graph.Share(encoded);
        var outputs = columns.ToDictionary(column => column.Name, column => column.Output);
        var made = new Dictionary<string, MadeColumn>();
        var layout = codec.Layout().ToList();
        foreach (var (i, (column, scalar, slot)) in layout.Index().Where(place => !place.Item.Column.IsTimeOfDay))
        {
            var name = outputs[column.Name];
            var at = new ColumnGraph(graph, $"column.{i}.{name}", column, encoded, scalar, slot); // with a number: "a" and "a.logits" would share names
            made[column.Name] = new MadeColumn(column switch
            {
                { Dates: not null, Time: not null } => DateOutput.Add(at, new ColumnGraph(graph, at.Named("time"), column.Time, encoded,
                    layout[i + 1].Scalar, layout[i + 1].Slot)),
                { Dates: not null, Kind: not CodeKind.Constant } => DateOutput.Add(at, null),
                { IsText: true } => TextOutput.Add(at),
                _ => NumberOutput.Add(at),
            }, at.Chosen);
        }

        if (codec.Label is not null)
        {
            var index = graph.NumbersNode("column.class.index", "Unsqueeze", [label!.Name, graph.Constant("column.class.axis", [1L], 1)]);
            made[codec.Label] = new MadeColumn(graph.TextNode("column.class.text", classNames, index), index);
        }

        foreach (var (column, i) in codec.Derived.Select((column, i) => (column, i)))
        {
            var name = outputs[column.Name];
            var at = new ColumnGraph(graph, $"column.computed.{i}.{name}", column.Column with { Kind = CodeKind.Constant }, encoded, 0, 0);
            made[column.Name] = new MadeColumn(DerivedOutput.Add(at, column.Recipe, made), null);
        }

        foreach (var column in columns)
        {
            graph.Output(made[column.Name].Value, column.Output);
        }
    }

    /// <summary>Columns <paramref name="start"/> to start + <paramref name="length"/> of a matrix.</summary>
    public static GraphValue Slice(GraphBuilder graph, string name, GraphValue value, long start, long length) => graph.Node(name, "Slice",
        [value.Name, graph.Constant($"{name}.start", [start], 1), graph.Constant($"{name}.end", [start + length], 1), graph.Constant($"{name}.axis", [1L], 1)],
            [length]);
}
