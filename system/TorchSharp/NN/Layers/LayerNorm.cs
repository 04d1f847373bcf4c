using TorchSharp.Modules;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                this.normalized_shape = normalized_shape;
                this.eps = eps;
                this.elementwise_affine = elementwise_affine;
                if (elementwise_affine)
                {
                    weight = new Parameter(torch.empty(normalized_shape, dtype: dtype, device: device));
                    this.bias = bias ? new Parameter(torch.empty(normalized_shape, dtype: dtype, device: device)) : null;
                }

                reset_parameters();
            }

            public Parameter? bias
            {
                get => OwnedParameter(nameof(bias));
                set => Own(nameof(bias), value);
            }

            public Parameter weight
            {
                get => OwnedParameter(nameof(weight))!;
                set => Own(nameof(weight), value);
            }

            public long[] normalized_shape { get; set; }

            public double eps { get; set; }

            public bool elementwise_affine { get; set; }

            public void reset_parameters()
            {
                if (elementwise_affine)
                {
                    torch.nn.init.ones_(weight);
                }

                if (bias is not null)
                {
                    torch.nn.init.zeros_(bias);
                }
            }

            public override torch.Tensor forward(torch.Tensor tensor) => F.layer_norm(tensor, normalized_shape, weight, bias, eps);
        }

        public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                this.num_groups = num_groups;
                this.eps = eps;
                this.affine = affine;
                if (affine)
                {
                    // upstream leaves both as the memory was; PyTorch's initial values are the only ones that a program can mean
                    weight = new Parameter(torch.ones([num_channels], dtype: dtype, device: device));
                    bias = new Parameter(torch.zeros([num_channels], dtype: dtype, device: device));
                }
            }

            public Parameter? bias
            {
                get => OwnedParameter(nameof(bias));
                set => Own(nameof(bias), value);
            }

            public Parameter weight
            {
                get => OwnedParameter(nameof(weight))!;
                set => Own(nameof(weight), value);
            }

            public long num_groups { get; set; }

            public double eps { get; set; }

            public bool affine { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => tensor.Dimensions < 3
                ? throw new ArgumentException($"Invalid number of dimensions for GroupNorm argument: {tensor.Dimensions}")
                : F.group_norm(tensor, num_groups, weight, bias, eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
