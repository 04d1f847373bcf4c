using GanPipeline.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training;

/// <summary>
/// What of libtorch holds for the whole process: its number of threads, TF32, and the generator that it takes random numbers from where none is named. A
/// library may change them while it computes; disposing this puts back what was there, so that its host notices nothing.
/// </summary>
internal sealed class LibtorchState : IDisposable
{
    private readonly int _threads;
    private readonly bool _matmulTf32, _cudnnTf32;
    private readonly Tensor _random;

    /// <summary>Remembers the state as it is now.</summary>
    public LibtorchState()
    {
        TorchLibrary.Load();
        _threads = get_num_threads();
        (_matmulTf32, _cudnnTf32) = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        _random = get_rng_state().DetachFromDisposeScope();
    }

    /// <summary>Remembers the state, and computes with so many threads until it is disposed.</summary>
    /// <param name="threads">Number of threads; 0 for one a core.</param>
    public LibtorchState(int threads) : this() => Devices.UseThreads(threads);

    /// <inheritdoc/>
    public void Dispose()
    {
        set_num_threads(_threads);
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (_matmulTf32, _cudnnTf32);
        set_rng_state(_random);
        _random.Dispose();
    }
}
