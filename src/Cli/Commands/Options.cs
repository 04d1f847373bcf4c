using System.CommandLine;

namespace GanPipeline.Cli.Commands;

/// <summary>
/// Declares what a command takes: each by its name, what the help calls its value, for those that have one the value that it has when it is not given, and what
/// it is.
/// </summary>
internal static class Options
{
    public static Argument<string> Argument(string name, string description) => new(name) { Description = description, HelpName = name };

    public static Argument<string[]> Arguments(string name, string description) =>
        new(name) { Description = description, HelpName = name, Arity = ArgumentArity.OneOrMore };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string> Required(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Required = true };

    public static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    public static Option<T?> Number<T>(string name, string value, string description) where T : struct =>
        new(name) { Description = description, HelpName = value };

    public static Option<string[]> Several(string name, string value, string description) => Default<string[]>(name, value, [], description);

    public static Option<T> Default<T>(string name, string value, T byDefault, string description) =>
        new(name) { Description = description, HelpName = value, DefaultValueFactory = _ => byDefault };
}
