using System.Runtime.InteropServices;
using GanPipeline.Primitives;
using Microsoft.Win32.SafeHandles;

namespace GanPipeline.MlNet;

/// <summary>Rows of numbers, written once and then read by any number of threads: in memory, or above a limit in a temporary file.</summary>
internal abstract class FeatureStore : IDisposable
{
    /// <summary>A store for that many rows.</summary>
    /// <exception cref="UserErrorException">The temporary file cannot be made.</exception>
    internal static FeatureStore Create(long rows, int columns, long memoryLimit)
    {
        long numbers = rows * columns;
        return numbers <= Math.Min(Array.MaxLength, memoryLimit / sizeof(float)) ? new InMemory(new float[numbers], columns) : new InFile(columns);
    }

    internal abstract void Write(long row, ReadOnlySpan<float> values);

    internal abstract void Read(long row, Span<float> values);

    public abstract void Dispose();

    private sealed class InMemory(float[] values, int columns) : FeatureStore
    {
        internal override void Write(long row, ReadOnlySpan<float> source) => source.CopyTo(values.AsSpan((int)(row * columns)));

        internal override void Read(long row, Span<float> target) => values.AsSpan((int)(row * columns), columns).CopyTo(target);

        public override void Dispose()
        {
        }
    }

    /// <summary>The file goes when its handle is closed, by Dispose or by the finalizer; where the system allows it, its name is gone from the start.</summary>
    private sealed class InFile : FeatureStore
    {
        private readonly int _rowBytes;
        private readonly SafeFileHandle _file;

        internal InFile(int columns)
        {
            _rowBytes = columns * sizeof(float);
            _file = OnDisk(() => UnnamedFile.Create("ganpipeline-rows"));
        }

        internal override void Write(long row, ReadOnlySpan<float> source)
        {
            byte[] bytes = MemoryMarshal.AsBytes(source).ToArray();
            OnDisk(() =>
            {
                RandomAccess.Write(_file, bytes, row * _rowBytes);
                return 0;
            });
        }

        internal override void Read(long row, Span<float> target)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(target);
            for (int done = 0; done < bytes.Length;)
            {
                int read = RandomAccess.Read(_file, bytes[done..], (row * _rowBytes) + done);
                done += read > 0 ? read : throw new EndOfStreamException("the temporary file of added rows ends early");
            }
        }

        public override void Dispose() => _file.Dispose();

        private static T OnDisk<T>(Func<T> work)
        {
            try
            {
                return work();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException(
                    "the added rows do not fit into UpsamplingOptions.MemoryLimit, "
                    + $"and the folder {Path.GetTempPath()} cannot take them ({e.Message.TrimEnd('.')}); "
                    + "free space there, name another folder in TMPDIR, or raise the limit", e);
            }
        }
    }
}
