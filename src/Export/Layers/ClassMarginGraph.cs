using GanPipeline.Training.Networks;
using TorchSharp;

namespace GanPipeline.Export.Layers;

/// <summary><see cref="ClassMargin"/> in a graph, for rows whose slots are perturbed logits.</summary>
internal static class ClassMarginGraph
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="body">Whose margin it is.</param>
    /// <param name="rows">[M, scalars + slots]: scalars, and logits of the slots.</param>
    /// <param name="label">[M, classes], above 0 for the class alone.</param>
    /// <param name="at">Where; the margins have its name.</param>
    /// <returns>[M, 1] margins.</returns>
    public static GraphValue Add(TableBody body, GraphValue rows, GraphValue label, GraphPath at)
    {
        var real = body.Margin!.Real;
        var features = Features(body, rows, at);
        // Summing squares by a product needs no reduction, whose form differs between operator sets.
        var squares = at.Node("squares", "Mul", [features, features], [body.Margin.Features.Count]);
        var ones = at.Graph.Constant(at.Named("ones"), Conversion.Ones(squares.Features), squares.Features, 1);
        var length = at.Node("length", "MatMul", [squares.Name, ones], [1]);
        var products = at.Node("products", "MatMul", [features, at.Matrix("rows", real.Rows)], [real.Rows.shape[1]]);
        var distances = at.Each("distances", "Add", products, at.Matrix("lengths", real.SquaredLengths));
        long groups = real.OwnGroups.shape[1], size = ClassMargin.GroupSize;
        var grouped = at.Node("grouped", "Reshape", [distances.Name, at.Whole("grouped_shape", -1, groups, size)], [groups, size]);
        var nearest = at.Rows("nearest", at.Extreme("nearest_of_group", "ReduceMin", grouped, 2).Name, groups);
        at.Graph.Share(nearest);
        return at.Node("", "Div", [Nearest("others", real.OwnGroups), Nearest("own", real.OtherGroups)], [1]);

        string Nearest(string name, torch.Tensor outOfReach)
        {
            var product = at.Node($"{name}_reach", "MatMul", [label.Name, at.Matrix($"{name}_groups", outOfReach)], [groups]);
            var reachable = at.Extreme($"{name}_nearest", "ReduceMin", at.Each($"{name}_all", "Add", nearest, product.Name), 1);
            var squared = at.Each($"{name}_squared", "Add", reachable, length.Name);
            var positive = at.Each($"{name}_positive", "Clip", squared, at.Number($"{name}_zero", 0));
            return at.Each(name, "Add", positive, at.Number($"{name}_least", ClassMargin.Least)).Name;
        }
    }

    /// <summary><see cref="RowFeatures"/> of the rows, [M, F].</summary>
    private static string Features(TableBody body, GraphValue rows, GraphPath at)
    {
        var features = body.Margin!.Features;
        var (center, width) = (at.Matrix("centers", features.Centers), at.Matrix("widths", features.Widths));
        if (body.Choice is { } choice)
        {
            var chosen = SlotChoiceGraph.Add(choice, at.Columns("row_logits", rows, ColumnRange.SlotsOf(body.Codec)), at);
            at.Graph.Share(chosen);
            center = Affine("center", chosen, features.SlotCenters, center);
            width = Affine("width", chosen, features.SlotWidths, width);
        }

        if (body.Codec.Scalars == 0)
        {
            return center;
        }

        var scalars = at.Columns("row_scalars", rows, ColumnRange.ScalarsOf(body.Codec));
        var scalar = at.Node("scalar", "MatMul", [scalars.Name, at.Matrix("scalar_of", features.ScalarChoice)], [features.Count]);
        return at.Node("seen", "Add", [center, at.Each("within", "Mul", scalar, width).Name], [features.Count]).Name;

        string Affine(string name, GraphValue value, torch.Tensor weights, string shift) =>
            at.Each(name, "Add", at.Node($"{name}_product", "MatMul", [value.Name, at.Matrix($"{name}_weights", weights)], [features.Count]), shift).Name;
    }
}
