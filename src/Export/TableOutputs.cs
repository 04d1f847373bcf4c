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
        var codes = codec.Columns.ToDictionary(column => column.Name);
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

            return new OutputColumn(name, output, name == codec.Label || codes[name].IsText);
        })];
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
        foreach (var ((column, scalar, slot), i) in codec.Layout().Select((column, i) => (column, i)))
        {
            var name = outputs[column.Name];
            var path = $"column.{i}.{name}"; // with a number: "a" and "a.logits" would share names
            var chosen = column.Slots == 0 ? null : graph.NumbersNode($"{path}.slot", "ArgMax",
                [Slice(graph, $"{path}.logits", encoded, slot, column.Slots).Name], ("axis", 1L), ("keepdims", 1L));
            if (column.Kind == CodeKind.Constant || (column.Kind == CodeKind.OneHot && column.IsText))
            {
                Text(graph, name, path, column, chosen ?? Zero(graph, path, encoded));
                continue;
            }

            var value = Number(graph, path, column, encoded, scalar, chosen);
            if (column.Dates is { } dates)
            {
                // One text for each date of the range, and one for a missing date.
                var step = graph.NumbersNode($"{path}.step", "Cast", [value.Name], ("to", 7L));
                if (column.MissingSlot >= 0)
                {
                    step = graph.NumbersNode($"{path}.present", "Where",
                        [Missing(graph, path, column, chosen!), graph.Constant($"{path}.beyond", [(long)dates.Count], 1, 1), step]);
                }

                graph.Output(graph.TextNode($"{path}.text", [.. Enumerable.Range(0, dates.Count).Select(dates.Text), ""], step), name);
                continue;
            }

            if (column.MissingSlot >= 0)
            {
                value = graph.Node($"{path}.or_missing", "Where",
                    [Missing(graph, path, column, chosen!), graph.Constant($"{path}.nan", [float.NaN], 1), value.Name], [1]);
            }

            graph.Output(value, name);
        }

        if (codec.Label is not null)
        {
            var index = graph.NumbersNode("column.class.index", "Unsqueeze", [label!.Name, graph.Constant("column.class.axis", [1L], 1)]);
            graph.Output(graph.TextNode("column.class.text", classNames, index), outputs[codec.Label]);
        }
    }

    /// <summary>Columns <paramref name="start"/> to start + <paramref name="length"/> of a matrix.</summary>
    public static GraphValue Slice(GraphBuilder graph, string name, GraphValue value, long start, long length) => graph.Node(name, "Slice",
        [value.Name, graph.Constant($"{name}.start", [start], 1), graph.Constant($"{name}.end", [start + length], 1), graph.Constant($"{name}.axis", [1L], 1)],
            [length]);

    private static void Text(GraphBuilder graph, string name, string path, ColumnCode column, string chosen)
    {
        if (column.IsText)
        {
            graph.Output(graph.TextNode($"{path}.text", [.. column.Categories, ""], chosen), name);
        }
        else
        {
            float[] number = [column.Categories.Count > 0 ? (float)column.NumberOf(0) : float.NaN];
            graph.Output(graph.Node($"{path}.number", "Gather", [graph.Constant($"{path}.numbers", number, 1), chosen], [1]), name);
        }
    }

    /// <summary>Zeros [N, 1]: the slot of a column that has one value alone.</summary>
    private static string Zero(GraphBuilder graph, string path, GraphValue encoded) =>
        graph.NumbersNode($"{path}.slot", "ArgMax", [Slice(graph, $"{path}.any", encoded, 0, 1).Name], ("axis", 1L), ("keepdims", 1L));

    private static string Missing(GraphBuilder graph, string path, ColumnCode column, string chosen) =>
        graph.NumbersNode($"{path}.missing", "Equal", [chosen, graph.Constant($"{path}.missing_slot", [(long)column.MissingSlot], 1, 1)]);

    private static GraphValue Number(GraphBuilder graph, string path, ColumnCode column, GraphValue encoded, int scalar, string? chosen)
    {
        GraphValue value;
        if (column.Kind == CodeKind.OneHot)
        {
            // A missing value gets any number here, and NaN later.
            float[] numbers = [.. Enumerable.Range(0, column.Categories.Count).Select(slot => (float)column.NumberOf(slot)), 0];
            return graph.Node($"{path}.number", "Gather", [graph.Constant($"{path}.numbers", numbers, numbers.Length), chosen!], [1]);
        }

        var inMode = Slice(graph, $"{path}.scalar", encoded, scalar, 1);
        value = column.Kind == CodeKind.Quantile ? Quantile(graph, path, column, inMode) : Mode(graph, path, column, inMode, chosen);
        // Rounded first: of numbers with more digits than float32 has, rounding would leave the range again.
        return graph.Node($"{path}.in_range", "Clip", [Rounded(graph, path, column, value).Name, graph.Constant($"{path}.least", [(float)column.Lowest]),
            graph.Constant($"{path}.most", [(float)column.Highest])], [1]);
    }

    private static GraphValue Rounded(GraphBuilder graph, string path, ColumnCode column, GraphValue value)
    {
        if (column.Decimals <= 0)
        {
            return column.Decimals < 0 ? value : graph.Node($"{path}.rounded", "Round", [value.Name], [1]);
        }

        var power = graph.Constant($"{path}.power", [MathF.Pow(10, column.Decimals)]);
        var scaled = graph.Node($"{path}.to_whole", "Mul", [value.Name, power], [1]);
        return graph.Node($"{path}.rounded", "Div", [graph.Node($"{path}.whole", "Round", [scaled.Name], [1]).Name, power], [1]);
    }

    private static GraphValue Mode(GraphBuilder graph, string path, ColumnCode column, GraphValue inMode, string? chosen)
    {
        float[] centers = [.. column.Centers.Select(c => (float)c), 0], halfWidths = [.. column.HalfWidths.Select(w => (float)w), 0];
        if (chosen is null)
        {
            var spread = graph.Node($"{path}.spread", "Mul", [inMode.Name, graph.Constant($"{path}.half_width", halfWidths.AsSpan(0, 1))], [1]);
            return graph.Node($"{path}.value", "Add", [spread.Name, graph.Constant($"{path}.center", centers.AsSpan(0, 1))], [1]);
        }

        var width = graph.Node($"{path}.half_width", "Gather", [graph.Constant($"{path}.half_widths", halfWidths, halfWidths.Length), chosen], [1]);
        var center = graph.Node($"{path}.center", "Gather", [graph.Constant($"{path}.centers", centers, centers.Length), chosen], [1]);
        return graph.Node($"{path}.value", "Add", [graph.Node($"{path}.spread", "Mul", [inMode.Name, width.Name], [1]).Name, center.Name], [1]);
    }

    private static GraphValue Quantile(GraphBuilder graph, string path, ColumnCode column, GraphValue rank)
    {
        var last = column.Quantiles.Count - 1;
        float[] from = [.. column.Quantiles.Take(last).Select(q => (float)q)],
            step = [.. column.Quantiles.Skip(1).Zip(column.Quantiles, (b, a) => (float)(b - a))];
        var scaled = graph.Node($"{path}.scaled", "Mul", [rank.Name, graph.Constant($"{path}.half", [last / 2f])], [1]);
        var at = graph.Node($"{path}.at", "Add", [scaled.Name, graph.Constant($"{path}.middle", [last / 2f])], [1]);
        var floor = graph.Node($"{path}.floor", "Floor", [at.Name], [1]);
        var low = graph.Node($"{path}.low", "Clip", [floor.Name, graph.Constant($"{path}.first", [0f]), graph.Constant($"{path}.last", [last - 1f])], [1]);
        var index = graph.NumbersNode($"{path}.index", "Cast", [low.Name], ("to", 7L));
        var rest = graph.Node($"{path}.rest", "Sub", [at.Name, low.Name], [1]);
        var value = graph.Node($"{path}.from", "Gather", [graph.Constant($"{path}.quantiles", from, last), index], [1]);
        var slope = graph.Node($"{path}.slope", "Gather", [graph.Constant($"{path}.steps", step, last), index], [1]);
        return graph.Node($"{path}.value", "Add", [value.Name, graph.Node($"{path}.part", "Mul", [rest.Name, slope.Name], [1]).Name], [1]);
    }
}
