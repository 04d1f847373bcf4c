using TorchSharp.Modules;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>What batch and instance normalisation hold: weight and bias where affine, running statistics where tracked.</summary>
        public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            public NormBase(
                long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
                string name)
                : base(name)
            {
                this.num_features = num_features;
                this.eps = eps;
                this.momentum = momentum;
                this.affine = affine;
                this.track_running_stats = track_running_stats;
                if (affine)
                {
                    weight = new Parameter(torch.empty([num_features], dtype: dtype, device: device));
                    bias = new Parameter(torch.empty([num_features], dtype: dtype, device: device));
                }

                if (track_running_stats)
                {
                    running_mean = torch.zeros([num_features], dtype: dtype, device: device);
                    running_var = torch.ones([num_features], dtype: dtype, device: device);
                    num_batches_tracked = torch.tensor(0L, dtype: dtype, device: device);
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

            public torch.Tensor? running_mean
            {
                get => OwnedBuffer(nameof(running_mean));
                set => OwnBuffer(nameof(running_mean), value);
            }

            public torch.Tensor? running_var
            {
                get => OwnedBuffer(nameof(running_var));
                set => OwnBuffer(nameof(running_var), value);
            }

            public torch.Tensor? num_batches_tracked
            {
                get => OwnedBuffer(nameof(num_batches_tracked));
                set => OwnBuffer(nameof(num_batches_tracked), value);
            }

            public long num_features { get; }

            public double eps { get; set; }

            public double? momentum { get; set; }

            public bool affine { get; }

            public bool track_running_stats { get; }

            public void reset_running_stats()
            {
                if (track_running_stats)
                {
                    torch.nn.init.zeros_(running_mean!);
                    torch.nn.init.ones_(running_var!);
                    torch.nn.init.zeros_(num_batches_tracked!);
                }
            }

            public void reset_parameters()
            {
                reset_running_stats();
                if (affine)
                {
                    torch.nn.init.ones_(weight);
                    torch.nn.init.zeros_(bias!);
                }
            }

            protected abstract void ValidateInputDimensions(torch.Tensor input);
        }

        public abstract class BatchNorm : NormBase
        {
            public BatchNorm(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
                string name)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
            {
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                ValidateInputDimensions(input);
                double factor = momentum ?? 0.0;
                if (training && track_running_stats && num_batches_tracked is { } batches)
                {
                    batches.add_(1);
                    factor = momentum ?? 1.0 / (double)batches;
                }

                bool usesBatch = training || (running_mean is null && running_var is null);
                bool usesRunning = !training || track_running_stats;
                return F.batch_norm(input, usesRunning ? running_mean : null, usesRunning ? running_var : null, weight, bias, usesBatch, factor, eps);
            }
        }

        public sealed class BatchNorm1d : BatchNorm
        {
            internal BatchNorm1d(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
            {
            }

            protected override void ValidateInputDimensions(torch.Tensor input)
            {
                if (input.ndim is not (2 or 3))
                {
                    throw new ArgumentException($"expected 2D or 3D input, but got {input.ndim}D input.");
                }
            }
        }

        public sealed class BatchNorm2d : BatchNorm
        {
            internal BatchNorm2d(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, "BatchNorm1d") // upstream's name for it
            {
            }

            protected override void ValidateInputDimensions(torch.Tensor input)
            {
                if (input.ndim != 4)
                {
                    throw new ArgumentException($"expected 4D input, but got {input.ndim}D input.");
                }
            }
        }

        public abstract class InstanceNorm : NormBase
        {
            public InstanceNorm(
                long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype,
                string name)
                : base(num_features, eps, momentum ?? 0.1, affine, track_running_stats, device, dtype, name)
            {
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                ValidateInputDimensions(input);
                int channels = (int)(input.ndim - GetNumberOfBatchDimensions());
                if (input.size(channels) != num_features)
                {
                    throw new ArgumentException(
                        $"expected input's size at dim={channels} to match num_features ({num_features}), but got: {input.size(channels)}.");
                }

                if (channels > 0)
                {
                    return Normalized(input);
                }

                using var batch = input.unsqueeze(0);
                using var normalized = Normalized(batch);
                return normalized.squeeze(0);
            }

            protected abstract long GetNumberOfBatchDimensions();

            private torch.Tensor Normalized(torch.Tensor input) =>
                F.instance_norm(input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
        }

        public sealed class InstanceNorm2d : InstanceNorm
        {
            internal InstanceNorm2d(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, "InstanceNorm1d") // upstream's name for it
            {
            }

            protected override long GetNumberOfBatchDimensions() => 3;

            protected override void ValidateInputDimensions(torch.Tensor input)
            {
                if (input.ndim is not (3 or 4))
                {
                    throw new ArgumentException($"expected 3D or 4D input, but got {input.ndim}D input.");
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null,
                ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null,
                ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
