using GanPipeline.Primitives;

namespace GanPipeline.Cli;

/// <summary>What the process tells whoever started it; a batch system decides by it whether to try again. 75 and 70 are those of sysexits.h.</summary>
internal static class ExitCodes
{
    public const int Failed = 1, Usage = 2, Input = 3, Internal = 70, Passing = 75;

    /// <summary>For people; part of the help.</summary>
    public const string Description =
        "Exit codes: 0 done; 1 failed; 2 wrong usage (no such command or option, a wrong value of one); 3 the input is wrong, so that the same again fails " +
        "again; 75 a passing fault, worth trying again (the disk is full, another process holds the file, --max-time is over); 70 an internal error; " +
        "128 + N ended by signal N.";

    /// <summary>Of an error of the file system that nobody has put into words.</summary>
    public static int Of(Exception e) => e switch
    {
        FileNotFoundException => Input,
        _ => Of(AtomicFile.KindOf(e)),
    };

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => Usage,
        ErrorKind.Failed => Failed,
        ErrorKind.Passing => Passing,
        _ => Input,
    };
}
