namespace TorchSharp;

public static partial class torch
{
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.gt_matmul_allows_tf32() != 0;
                    set => Native.gt_set_matmul_allows_tf32(value ? 1 : 0);
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.gt_cudnn_allows_tf32() != 0;
                set => Native.gt_set_cudnn_allows_tf32(value ? 1 : 0);
            }
        }
    }
}
