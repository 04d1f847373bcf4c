using System.Runtime.InteropServices;

namespace TorchSharp;

public enum compute_mode { use_mm_for_euclid_dist_if_necessary = 0, use_mm_for_euclid_dist = 1, donot_use_mm_for_euclid_dist = 2 }

public static unsafe partial class torch
{
    public static string __version__ => Marshal.PtrToStringUTF8((nint)Native.gt_torch_version())!;

    public static int get_num_threads() => Native.gt_num_threads();
    public static void set_num_threads(int num) => Native.Check(Native.gt_set_num_threads(num));
    public static int get_num_interop_threads() => Native.gt_num_interop_threads();
    public static void set_num_interop_threads(int num) => Native.Check(Native.gt_set_num_interop_threads(num));

    public static void save(Tensor t, string location) => t.save(location);
    public static Tensor load(string location) => Tensor.load(location);

    public partial class Tensor
    {
        public void save(string location)
        {
            Native.Check(Native.gt_tensor_save(Handle, location));
            GC.KeepAlive(this);
        }

        public static Tensor load(string location)
        {
            nint handle;
            Native.Check(Native.gt_tensor_load(location, &handle));
            return new Tensor(handle);
        }
    }
}
