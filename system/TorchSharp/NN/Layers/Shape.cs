using TorchSharp.Modules;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Identity : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            internal Identity()
                : base(nameof(Identity))
            {
            }

            public override torch.Tensor forward(torch.Tensor tensor) => tensor.alias();
        }

        public sealed class Flatten : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            internal Flatten(long start_dim, long end_dim)
                : base(nameof(Flatten)) => (this.start_dim, this.end_dim) = (start_dim, end_dim);

            public long start_dim { get; set; }

            public long end_dim { get; set; }

            public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
        }

        public sealed class Unflatten : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            internal Unflatten(long dim, long[] unflattened_size)
                : base(nameof(Unflatten)) => (this.dim, this.unflattened_size) = (dim, unflattened_size);

            public long dim { get; set; }

            public long[] unflattened_size { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => tensor.unflatten(dim, unflattened_size);
        }

        public sealed class Upsample : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            private readonly long[]? sizes;
            private readonly double[]? factors;

            internal Upsample(long[]? size, double[]? scale_factor, torch.UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
                : base(nameof(Upsample))
            {
                sizes = size;
                factors = scale_factor;
                this.mode = mode;
                this.align_corners = align_corners;
                this.recompute_scale_factor = recompute_scale_factor;
            }

            public bool? recompute_scale_factor { get; set; }

            public torch.UpsampleMode mode { get; }

            public bool? align_corners { get; }

            public ReadOnlySpan<long> size => sizes;

            public ReadOnlySpan<double> scale_factor => factors;

            public override torch.Tensor forward(torch.Tensor input) =>
                F.interpolate(input, sizes, factors, (torch.InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
        }

        public abstract class PadBase : ParameterLessModule<torch.Tensor, torch.Tensor>
        {
            private readonly PaddingModes mode;

            protected PadBase(string name, PaddingModes mode, double value, params long[] padding)
                : base(name) => (this.mode, this.value, this.padding) = (mode, value, padding);

            public long[] padding { get; set; }

            public double value { get; set; }

            public override torch.Tensor forward(torch.Tensor input) => F.pad(input, padding, mode, value);
        }

        public sealed class ZeroPad2d : PadBase
        {
            internal ZeroPad2d(long left, long right, long top, long bottom)
                : base(nameof(ZeroPad2d), PaddingModes.Zeros, 0, left, right, top, bottom)
            {
            }
        }
    }

    public static partial class torch
    {
        public enum UpsampleMode
        {
            Nearest = 0,
            Linear = 1,
            Bilinear = 2,
            Bicubic = 3,
        }

        public enum InterpolationMode
        {
            Nearest = 0,
            Linear = 1,
            Bilinear = 2,
            Bicubic = 3,
        }

        public static partial class nn
        {
            public static Identity Identity() => new();

            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

            public static Unflatten Unflatten(long dim, long[] unflattened_size) => new(dim, unflattened_size);

            public static Upsample Upsample(
                long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null,
                bool? recompute_scale_factor = null) => new(size, scale_factor, mode, align_corners, recompute_scale_factor);

            public static ZeroPad2d ZeroPad2d(long padding) => new(padding, padding, padding, padding);

            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);
        }
    }
}
