using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Shares the array's memory, as upstream does: it is pinned until libtorch lets go of it.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ScalarType stored = ScalarTypes.Of(rawArray.GetType().GetElementType()!);
        long[] shape = Shape(rawArray);
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint handle;
        int status;
        fixed (long* sizes = shape)
            status = Native.gt_tensor_over((void*)pin.AddrOfPinnedObject(), (int)stored, sizes, shape.Length, &Unpin, GCHandle.ToIntPtr(pin), &handle);
        if (status != 0) pin.Free();
        Native.Check(status);
        return Place(new Tensor(handle), stored, dtype, device, requires_grad, names);
    }

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device ?? CPU);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device, false);
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        dtype is null && device is null ? data.alias() : data.to(dtype ?? data.dtype, device ?? data.device);

    private static Tensor Copy<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged
    {
        long needed = 1;
        foreach (long n in dimensions) needed *= n;
        if (needed < 0 || needed > values.Length)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {needed} vs. {values.Length}");
        ScalarType stored = ScalarTypes.Of(typeof(T));
        nint handle;
        fixed (T* data = values)
        fixed (long* sizes = dimensions)
            Native.Check(Native.gt_tensor_from_data(data, (int)stored, sizes, dimensions.Length, &handle));
        return Place(new Tensor(handle), stored, dtype, device, requires_grad, names);
    }

    private static Tensor Copy<T>(Array values, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged =>
        Copy(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length), Shape(values), dtype,
            device, requires_grad, names);

    private static long[] Shape(Array array)
    {
        var shape = new long[array.Rank];
        for (int d = 0; d < shape.Length; d++) shape[d] = array.GetLength(d);
        return shape;
    }

    /// <summary>Brings what was made on the CPU to the element type and device that were asked for.</summary>
    private static Tensor Place(Tensor made, ScalarType stored, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        device = InitializeDevice(device);
        if (device.type != DeviceType.CPU || (dtype is { } wanted && wanted != stored)) made = made.to(dtype ?? stored, device, disposeAfter: true);
        return Finish(made, requires_grad, names);
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
