namespace GanPipeline.Primitives;

/// <summary>
/// Standard input and output, as the program hands them in that owns them: what <c>-</c> stands for. A library takes neither from its host by itself.
/// </summary>
internal static class StandardStreams
{
    private static Func<Stream>? _input, _output;

    /// <summary>Hands them in; to be called once, when the program starts.</summary>
    public static void Use(Func<Stream> input, Func<Stream> output) => (_input, _output) = (input, output);

    /// <summary>Opens standard input.</summary>
    /// <exception cref="UserErrorException">The program has not handed it in.</exception>
    public static Stream Input() => (_input ?? throw Lacking("input"))();

    /// <summary>Opens standard output, for the bytes of a file.</summary>
    /// <exception cref="UserErrorException">The program has not handed it in.</exception>
    public static Stream Output() => (_output ?? throw Lacking("output"))();

    private static UserErrorException Lacking(string which) =>
        new($"-: standard {which} belongs to the program, and is the command line's alone; name a file.");
}
