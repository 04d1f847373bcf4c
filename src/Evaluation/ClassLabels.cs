namespace GanPipeline.Evaluation;

/// <summary>The checks that every place which takes class indices makes before it counts or trains on them.</summary>
internal static class ClassLabels
{
    public static void Check(ReadOnlySpan<long> labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        for (int i = 0; i < labels.Length; i++)
            if (labels[i] < 0 || labels[i] >= classes)
                throw new UserErrorException(
                    $"label {labels[i]} at item {i} is outside the {classes} classes (0 to {classes - 1}); check that labels and classes belong together.");
    }

    public static void CheckCount(long labels, long samples)
    {
        if (labels != samples) throw new ArgumentException($"there are {labels} labels for {samples} samples; give one label to each sample.");
    }
}
