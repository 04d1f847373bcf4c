using GanPipeline.Evaluation.Features;

namespace GanPipeline.Evaluation.Tables;

/// <summary>
/// How near generated rows are to the rows that the generator was trained on ('data' empty), and what held-out real rows have instead ('held out').
/// </summary>
internal static class PrivacyMetrics
{
    public static IReadOnlyList<MetricDescriptor<TableComparison>> All { get; } =
    [
        // Tables of few categories have equal rows by chance.
        new("exact-copies", "Share of rows that equal a training row", "0 to 1", Better.Lower,
            "Lu et al. 2019, Empirical evaluation on synthetic data generation with generative adversarial network, section 3",
            Breakdown.Data, [TableNeeds.Training], (c, _) => Copies(c)),
        // It should come near that of held-out rows: far below it, rows are copied. Columns count alike: numbers in standard deviations of the training table,
        // a differing category as 1.
        new("distance-to-closest-record", "Median distance to the closest training row", "0 and above; columns in standard deviations", Better.Neither,
            "Park et al. 2018, Data synthesis based on generative adversarial networks, section 5",
            Breakdown.Data, [TableNeeds.Training], (c, _) => Medians(c, nearest => nearest[0].Distance)),
        // Distance to the closest training row over that to the second closest: near 0, rows sit on single training rows; near 1, between several.
        new("nearest-neighbour-ratio", "Median ratio of the distances to the two closest training rows", "0 to 1", Better.Higher,
            "Zhao et al. 2021, CTAB-GAN: effective table data synthesizing, section 4.1 (NNDR)",
            Breakdown.Data, [TableNeeds.That("2 training rows", c => c.Training?.Rows > 1, "the training table is not known")],
            (c, _) => Medians(c, nearest => nearest[1].Distance > 0 ? nearest[0].Distance / nearest[1].Distance : 1)),
        // Of as many training as held-out rows; ties count half. Towards 1 where the generator has memorised the training rows.
        new("closer-to-training", "Share of rows closer to training than to held-out rows", "0 to 1; 0.5 where nothing is memorised", Better.Lower,
            "Platzer and Reutterer 2021, Holdout-based empirical assessment of mixed-type synthetic data, section 2.2",
            Breakdown.None, [TableNeeds.TrainingAndHeldOut], (c, _) => [CloserToTraining(c, c.Training!, c.HeldOut!)]),
        // An attacker who has only the generated rows takes for training rows those that are nearer to one of them: the area under the ROC curve.
        new("membership-inference", "Success of guessing who was in the training table (AUC)", "0 to 1; 0.5 for guessing", Better.Lower,
            "Chen et al. 2020, GAN-Leaks: a taxonomy of membership inference attacks against generative models, section 5.1 " +
                "(full black-box attack)",
            Breakdown.None, [TableNeeds.TrainingAndHeldOut], (c, _) => [Membership(c, c.Training!, c.HeldOut!)]),
    ];

    /// <summary>The generated rows, then the held-out ones where there are some.</summary>
    private static IEnumerable<(string Data, Table Rows)> Sides(TableComparison tables) =>
        tables.HeldOut is null ? [("", tables.Generated)] : [("", tables.Generated), ("held out", tables.HeldOut)];

    private static IEnumerable<Measurement> Copies(TableComparison tables)
    {
        HashSet<string> known = [.. tables.Training!.Keys()];
        return Sides(tables).Select(side => Measurement.Mean([.. side.Rows.Keys().Select(k => known.Contains(k) ? 1.0 : 0)],
            $"{side.Rows.Rows} rows against {tables.Training.Rows} training rows") with
        { Data = side.Data });
    }

    private static IEnumerable<Measurement> Medians(TableComparison tables, Func<Neighbour[], double> number) => Sides(tables).Select(side =>
    {
        Neighbour[][] nearest = tables.ToTraining(side.Rows);
        return Measurement.Median([.. nearest.Select(number)], $"{nearest.Length} of {side.Rows.Rows} rows against {tables.Training!.Rows} training rows") with
        {
            Data = side.Data,
        };
    });

    private static Measurement CloserToTraining(TableComparison tables, Table training, Table heldOut)
    {
        int size = Math.Min(heldOut.Rows, training.Rows);
        Table generated = tables.Generated.Sample(TableComparison.MostQueries, tables.Seed);
        double[] toTraining = Closest(tables, generated, training.Sample(size, tables.Seed)),
            toHeldOut = Closest(tables, generated, heldOut.Sample(size, tables.Seed));
        return Measurement.Mean([.. toTraining.Zip(toHeldOut, (t, h) => t < h ? 1 : t > h ? 0 : 0.5)],
            $"{generated.Rows} generated rows against {size} training and {size} held-out rows");
    }

    private static Measurement Membership(TableComparison tables, Table training, Table heldOut)
    {
        Table members = training.Sample(TableComparison.MostQueries, tables.Seed), others = heldOut.Sample(TableComparison.MostQueries, tables.Seed);
        double[] toMembers = Closest(tables, members, tables.Generated), toOthers = Closest(tables, others, tables.Generated);
        return new Measurement(RankScore.Of(toOthers, toMembers),
            $"{members.Rows} training and {others.Rows} held-out rows against {tables.Generated.Rows} generated rows")
        {
            Interval = (seed, purpose) => RankScore.Interval(toOthers, toMembers, seed, purpose),
        };
    }

    /// <summary>The distance of each row of a table to its closest row of another, in the comparison's encoding.</summary>
    private static double[] Closest(TableComparison tables, Table rows, Table others) =>
        Array.ConvertAll(Distances.Nearest(tables.Encoded(rows), tables.Encoded(others), 1), n => n[0].Distance);
}
