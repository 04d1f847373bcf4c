using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>libgantorch's functions, as system/native/gantorch.h and its sources define them.</summary>
internal static unsafe partial class Native
{
    private const string Library = "gantorch";

    /// <summary>What gt_tensor_query can be asked; the order is the native side's.</summary>
    internal enum Query { Dim, Numel, DType, Device, ElementSize, StorageOffset, Contiguous, RequiresGrad, Leaf, Sparse }

    [LibraryImport(Library)] internal static partial byte* gt_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int gt_op_find(string name, string overload, long* handle);
    [LibraryImport(Library)] internal static partial int gt_op_call(long op, RawValue* arguments, int argumentCount, RawValue* results, int capacity,
        int* count);
    [LibraryImport(Library)] internal static partial int gt_op_results(RawValue* results, int capacity);

    [LibraryImport(Library)] internal static partial int gt_tensor_free(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_tensor_shape(nint handle, long* sizes, long* strides, int capacity, int* dim);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_tensor_query(nint handle, Query query, long* answer);
    [LibraryImport(Library)] internal static partial int gt_tensor_data(nint handle, void** data);
    [LibraryImport(Library)] internal static partial int gt_tensor_from_data(void* data, int dtype, long* sizes, int dim, nint* result);
    [LibraryImport(Library)] internal static partial int gt_tensor_over(void* data, int dtype, long* sizes, int dim, delegate* unmanaged<nint, void> freed,
        nint context, nint* result);

    [LibraryImport(Library)]
    internal static partial int gt_backward(nint* roots, int rootCount, nint* grads, int gradCount, int retainGraph, int createGraph, nint* inputs,
        int inputCount);
    [LibraryImport(Library)]
    internal static partial int gt_grad(nint* outputs, int outputCount, nint* inputs, int inputCount, nint* grads, int gradCount, int retainGraph,
        int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library)] internal static partial int gt_tensor_grad(nint handle, nint* grad);
    [LibraryImport(Library)] internal static partial int gt_tensor_set_grad(nint handle, nint grad);
    [LibraryImport(Library)] internal static partial int gt_tensor_set_requires_grad(nint handle, int requiresGrad);
    [LibraryImport(Library)] internal static partial int gt_tensor_retain_grad(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_grad_enabled();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void gt_set_grad_enabled(int enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_inference_enabled();
    [LibraryImport(Library)] internal static partial int gt_push_inference(int enabled);
    [LibraryImport(Library)] internal static partial void gt_pop_inference();
    [LibraryImport(Library)] internal static partial int gt_anomaly_enabled();
    [LibraryImport(Library)] internal static partial int gt_anomaly_checks_nan();
    [LibraryImport(Library)] internal static partial void gt_set_anomaly(int enabled, int checkNaN);

    [LibraryImport(Library)] internal static partial int gt_generator_default(int type, int index, nint* result);
    [LibraryImport(Library)] internal static partial int gt_generator_new(ulong seed, int type, int index, nint* result);
    [LibraryImport(Library)] internal static partial int gt_generator_free(nint handle);
    [LibraryImport(Library)] internal static partial int gt_generator_set_seed(nint handle, ulong seed);
    [LibraryImport(Library)] internal static partial int gt_generator_initial_seed(nint handle, ulong* seed);
    [LibraryImport(Library)] internal static partial int gt_generator_state(nint handle, nint* state);
    [LibraryImport(Library)] internal static partial int gt_generator_set_state(nint handle, nint state);
    [LibraryImport(Library)] internal static partial int gt_manual_seed(ulong seed);

    [LibraryImport(Library)] internal static partial int gt_num_threads();
    [LibraryImport(Library)] internal static partial int gt_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int gt_num_interop_threads();
    [LibraryImport(Library)] internal static partial int gt_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int gt_matmul_allows_tf32();
    [LibraryImport(Library)] internal static partial void gt_set_matmul_allows_tf32(int allows);
    [LibraryImport(Library)] internal static partial int gt_cudnn_allows_tf32();
    [LibraryImport(Library)] internal static partial void gt_set_cudnn_allows_tf32(int allows);
    [LibraryImport(Library)] internal static partial int gt_cuda_device_count(int* count);
    [LibraryImport(Library)] internal static partial int gt_cudnn_available(int* available);
    [LibraryImport(Library)] internal static partial int gt_cuda_synchronize(int index);
    [LibraryImport(Library)] internal static partial int gt_cuda_seed(ulong seed, int all);
    [LibraryImport(Library)] internal static partial byte* gt_torch_version();
    [LibraryImport(Library)] internal static partial byte* gt_blas_library();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int gt_tensor_save(nint handle, string path);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int gt_tensor_load(string path, nint* result);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0) Throw(status);
    }

    /// <summary>The exception for a status; gantorch.h has the numbers.</summary>
    private static void Throw(int status)
    {
        string message = Marshal.PtrToStringUTF8((nint)gt_last_error()) ?? "";
        throw status switch
        {
            2 => new ArgumentNullException(null, message),
            3 => new ObjectDisposedException(null, message),
            4 or 5 => new ArgumentException(message),
            _ => new ExternalException(message),
        };
    }

    internal static long Ask(torch.Tensor tensor, Query query)
    {
        long answer;
        Check(gt_tensor_query(tensor.Handle, query, &answer));
        GC.KeepAlive(tensor);
        return answer;
    }
}
