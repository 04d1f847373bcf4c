namespace GanPipeline.Primitives;

/// <summary>
/// Whether it is worth trying again after a <see cref="UserErrorException"/>, and who has to act; the command line makes its exit codes of it.
/// </summary>
public enum ErrorKind
{
    /// <summary>What was given is wrong, a file say: the same again fails again.</summary>
    Input,

    /// <summary>The command line is wrong: an option, a value of one, or options that do not go together.</summary>
    Usage,

    /// <summary>The input is in order, but what was asked for was tried and failed, as training that diverged.</summary>
    Failed,

    /// <summary>Trying again later may help: another process holds the file, the disk is full, a server does not answer.</summary>
    Passing,
}
