using System.Runtime.InteropServices;

namespace GanPipeline.StandIns.Tests.SystemOnly;

/// <summary>libgantorch, called as the stand-in calls it, but with arguments that the stand-in would never pass.</summary>
internal static unsafe partial class NativeLibrary
{
    internal const int Ok = 0, Error = 1, Null = 2, Disposed = 3, Foreign = 4, Argument = 5;

    [LibraryImport("gantorch")] internal static partial int gt_tensor_query(nint handle, int query, long* answer);
    [LibraryImport("gantorch")] internal static partial int gt_tensor_free(nint handle);
    [LibraryImport("gantorch")] internal static partial long gt_live_tensors();
    [LibraryImport("gantorch")] internal static partial int gt_generator_free(nint handle);
    [LibraryImport("gantorch", StringMarshalling = StringMarshalling.Utf8)] internal static partial int gt_op_find(string name, string overload, long* handle);
    [LibraryImport("gantorch")] internal static partial int gt_op_call(long op, RawValue* arguments, int argumentCount, RawValue* results, int capacity,
        int* count);
    [LibraryImport("gantorch")] private static partial byte* gt_blas_library();
    [LibraryImport("gantorch")] private static partial byte* gt_last_error();

    internal static string BlasLibrary => Marshal.PtrToStringUTF8((nint)gt_blas_library())!;
    internal static string LastError => Marshal.PtrToStringUTF8((nint)gt_last_error())!;

    [StructLayout(LayoutKind.Sequential)]
    internal struct RawValue
    {
        internal int Tag, Count;
        internal long Integer;

        internal static RawValue Tensor(nint handle) => new() { Tag = 1, Integer = handle };
    }
}
