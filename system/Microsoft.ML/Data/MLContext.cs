using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class MLContext : IHostEnvironment
{
    private readonly Host _host;

    public MLContext(int? seed = null)
    {
        _host = new Host("", seed, (source, message) => Log?.Invoke(this, new(message.Message, message.Kind, source)));
        Data = new(seed ?? Random.Shared.Next());
        Transforms = new();
        Model = new();
    }

    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    IChannel IChannelProvider.Start(string name) => _host.Start(name);

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _host.Register(name, seed, verbose);
}
