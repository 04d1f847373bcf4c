namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor : IDisposable
    {
        private static long s_total, s_peak;

        internal nint handle;

        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            long total = Interlocked.Increment(ref s_total);
            if (total > s_peak) s_peak = total;
            if (register) OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public static long TotalCount => Interlocked.Read(ref s_total);
        public static long PeakCount => s_peak;

        internal DisposeScope? OwningDisposeScope { get; set; }

        public string? name { get; set; }

        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), "Tensor invalid -- empty handle.");
        public bool IsInvalid => handle == 0;

        ~Tensor() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint old = Interlocked.Exchange(ref handle, 0);
            if (old == 0) return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            Interlocked.Decrement(ref s_total);
            Native.gt_tensor_free(old);
        }

        public nint DecoupleFromNativeHandle()
        {
            nint old = Handle;
            GC.SuppressFinalize(this);
            Interlocked.Decrement(ref s_total);
            handle = 0;
            return old;
        }

        internal nint MoveHandle() => Interlocked.Exchange(ref handle, 0);

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is not null) OwningDisposeScope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>As in Python: equal shape and elements.</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);
        public bool Equals(Tensor target) => Ops.CallBool("equal", this, target);
        public override int GetHashCode() => base.GetHashCode();
        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        public long Dimensions => Native.Ask(this, Native.Query.Dim);
        public long ndim => Dimensions;
        public long dim() => Dimensions;
        public long NumberOfElements => Native.Ask(this, Native.Query.Numel);
        public long numel() => NumberOfElements;
        public long ElementSize => Native.Ask(this, Native.Query.ElementSize);
        public long element_size() => ElementSize;
        public long storage_offset() => Native.Ask(this, Native.Query.StorageOffset);
        public ScalarType dtype => (ScalarType)Native.Ask(this, Native.Query.DType);
        public bool is_integral() => dtype.IsIntegral();
        public bool is_floating_point() => dtype.IsFloatingPoint();
        public bool is_complex() => dtype.IsComplex();
        public bool is_contiguous() => Native.Ask(this, Native.Query.Contiguous) != 0;
        public bool is_sparse => Native.Ask(this, Native.Query.Sparse) != 0;

        public DeviceType device_type => (DeviceType)(int)Native.Ask(this, Native.Query.Device);
        public int device_index => (int)(Native.Ask(this, Native.Query.Device) >> 32);
        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_cpu() => device_type == DeviceType.CPU;

        public long[] shape => Lengths(strides: false);
        public long[] size() => Lengths(strides: false);
        public long[] stride() => Lengths(strides: true);
        public long size(int dim) => At(shape, dim);
        public long stride(int dim) => At(stride(), dim);

        private unsafe long[] Lengths(bool strides)
        {
            var lengths = new long[Dimensions];
            int dim;
            fixed (long* p = lengths) Native.Check(Native.gt_tensor_shape(Handle, strides ? null : p, strides ? p : null, lengths.Length, &dim));
            GC.KeepAlive(this);
            return lengths;
        }

        private static long At(long[] lengths, int dim) =>
            dim >= -lengths.Length && dim < lengths.Length
                ? lengths[dim < 0 ? dim + lengths.Length : dim]
                : throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-Math.Max(lengths.Length, 1)}, {Math.Max(lengths.Length, 1) - 1}], but got {dim})");
    }
}
