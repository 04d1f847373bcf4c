using System.Collections.Generic;
using System.Runtime.InteropServices;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>Scales all gradients so that their norm as one vector is at most <paramref name="max_norm"/>; returns what it was.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                List<Tensor> grads = [];
                foreach (var parameter in tensors)
                {
                    if (parameter.grad is { } grad)
                    {
                        grads.Add(grad);
                    }
                }

                if (grads.Count == 0)
                {
                    return 0;
                }

                Tensor[] norms = [.. grads.Select(grad => double.IsPositiveInfinity(norm_type) ? grad.abs().max() : Ops.Call("norm.Scalar", grad, norm_type))];
                var stacked = stack(norms);
                var total = double.IsPositiveInfinity(norm_type) ? stacked.max() : Ops.Call("norm.Scalar", stacked, norm_type);
                var factor = Ops.Call("clamp_max", max_norm / (total + 1e-6), 1.0);
                foreach (var grad in grads)
                {
                    grad.mul_(factor);
                }

                return total.to(ScalarType.Float64).item<double>();
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var _ = no_grad();
                foreach (var parameter in tensors)
                {
                    using var grad = parameter.grad;
                    if (grad is not null)
                    {
                        Ops.InPlace("clamp_", grad, -clip_value, clip_value);
                    }
                }
            }

            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                Tensor[] flat = [.. tensors.Select(parameter => parameter.reshape(-1))];
                var vector = cat(flat);
                foreach (var part in flat)
                {
                    part.Dispose();
                }

                return vector;
            }

            /// <summary>Copies consecutive parts of the vector into the parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var _ = no_grad();
                long start = 0;
                foreach (var parameter in tensors)
                {
                    long length = parameter.numel();
                    if (start + length > vec.numel())
                    {
                        throw new ExternalException($"the vector has {vec.numel()} elements, fewer than the parameters need");
                    }

                    using var part = vec.narrow(0, start, length);
                    using var shaped = part.view(parameter.shape);
                    parameter.copy_(shaped);
                    start += length;
                }
            }
        }
    }
}
