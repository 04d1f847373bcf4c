namespace GanPipeline.Evaluation.Methods;

/// <summary>
/// What rows are like that methods added to rare classes: how near they lie to the real rows that they were made of, and whether they are of their class. Real
/// rows stand beside them; a method's rows are best where they are like these, not where a number is highest.
/// </summary>
internal static class AddedRowMetrics
{
    public static IReadOnlyList<MetricDescriptor<AddedRowsComparison>> All { get; } =
    [
        // Held-back rows show how far real rows of the classes are. Far below them, rows are copied; far above, they are out of the way.
        new("added-row-distance", "Median distance of added rows to the closest training row", "0 and above; numbers in standard deviations", Better.Neither,
            "Park et al. 2018, Data synthesis based on generative adversarial networks, section 5",
            Breakdown.Data, Needs, (c, _) => c.ClosestRows()),
        new("added-row-near-copies", "Share of added rows that are nearly a training row", "0 to 1", Better.Neither,
            "Sakho et al. 2024, Do we need rebalancing strategies?, section 3 (SMOTE copies); nearly: within a tenth of the median distance between " +
                "training rows",
            Breakdown.Data, Needs, (c, _) => c.NearCopies()),
        // A classifier of the rows that the generator has seen would call their near-copies right whatever they are worth.
        new("added-row-class-accuracy", "Added rows recognised by a classifier of held-out rows", "0 to 1; mean of the classes", Better.Neither,
            "Shmelkov et al. 2018, How good is my GAN?, section 3 (GAN-test), here by a classifier of other real rows",
            Breakdown.Data, [.. Needs, Requirement<AddedRowsComparison>.That("two classes among the held-out rows", c => c.JudgedClasses > 1,
                "the held-out rows are of one class")], (c, _) => c.Recognised()),
    ];

    private static IReadOnlyList<Requirement<AddedRowsComparison>> Needs =>
    [
        Requirement<AddedRowsComparison>.That("held-out rows of the classes", c => c.HeldOutRows > 0,
            "no row is held out of the classes that rows were added to"),
    ];
}
