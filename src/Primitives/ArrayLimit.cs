namespace GanPipeline.Primitives;

/// <summary>The limit of what one array holds, about 2^31 numbers: met where the sizes are known, and not after hours of work.</summary>
internal static class ArrayLimit
{
    /// <summary>The length of an array.</summary>
    /// <param name="count">Numbers that it has to hold.</param>
    /// <param name="what">What they are, with where they come from: the start of a sentence.</param>
    /// <param name="remedy">What the user can do.</param>
    /// <exception cref="UserErrorException">No array holds so many.</exception>
    public static int Check(Int128 count, string what, string remedy) => count <= Array.MaxLength ? (int)count
        : throw new UserErrorException($"{what}: {count} numbers would have to be held at once, and {Array.MaxLength} are possible; {remedy}.");
}
