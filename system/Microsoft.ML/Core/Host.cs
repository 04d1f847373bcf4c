namespace Microsoft.ML.Runtime;

/// <summary>A named part of the environment with random numbers of its own: under one seed, the same names in the same order give the same ones.</summary>
internal sealed class Host(string name, int? seed, Action<string, ChannelMessage> log) : IHost
{
    private readonly Random _seeds = seed is { } s ? new Random(s) : new Random();

    public Random Rand { get; } = seed is { } s ? new Random(s) : new Random();

    public IChannel Start(string channel) => new Channel(name.Length == 0 ? channel : $"{name}; {channel}", log);

    public IHost Register(string child, int? seed = null, bool? verbose = null)
    {
        lock (_seeds)
            return new Host(name.Length == 0 ? child : $"{name}; {child}", seed ?? _seeds.Next(), log);
    }

    private sealed class Channel(string source, Action<string, ChannelMessage> log) : IChannel
    {
        public void Send(ChannelMessage msg) => log(source, msg);

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

        public void Dispose()
        {
        }
    }
}
