using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            private readonly long? padding_idx;
            private readonly double? max_norm;
            private readonly double norm_type;
            private readonly bool scale_grad_by_freq;
            private readonly bool sparse;

            // What forward uses. Objects that the layer gives out, the registered parameter among them, are others for the same tensor: as upstream, where the
            // layer lives in native code, a dispose scope takes those and leaves the layer working (but without a parameter to train).
            private torch.Tensor table;

            internal Embedding(torch.Tensor table, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
                : base("torch::nn::EmbeddingImpl")
            {
                long rows = table.shape[0];
                if (padding_idx < -rows || padding_idx >= rows)
                {
                    throw new ArgumentException($"padding_idx {padding_idx} must be within the {rows} embeddings.", nameof(padding_idx));
                }

                this.padding_idx = padding_idx < 0 ? padding_idx + rows : padding_idx;
                this.max_norm = max_norm;
                this.norm_type = norm_type;
                this.scale_grad_by_freq = scale_grad_by_freq;
                this.sparse = sparse;
                this.table = table.DetachFromDisposeScope();
                register_parameter(nameof(weight), weight!);
            }

            /// <summary>A new object at each call.</summary>
            [DisallowNull]
            public Parameter? weight
            {
                get => new(table.alias(), table.requires_grad);
                set
                {
                    table.Dispose();
                    table = value.alias().DetachFromDisposeScope();
                    Replace(nameof(weight), value);
                }
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                if (max_norm is { } limit)
                {
                    using var _ = torch.no_grad();
                    using var flat = input.contiguous();
                    Ops.InPlace("embedding_renorm_", table, flat, limit, norm_type);
                }

                return Ops.Call("embedding", table, input, padding_idx ?? -1, scale_grad_by_freq, sparse);
            }

            /// <summary>In place: all objects of the tensor see the new type and device.</summary>
            internal override void ConvertTree(torch.ScalarType? dtype, torch.Device? device)
            {
                using var _ = torch.no_grad();
                using var converted = table.to(dtype ?? table.dtype, device ?? table.device);
                Ops.InPlace("set_data", table, converted);
            }

            internal override void DisposeUnlisted() => table.Dispose();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                // as upstream: drawn as float32 on the CPU, then converted
                var table = init.normal_(empty([num_embeddings, embedding_dims], dtype: ScalarType.Float32, device: CPU));
                if (padding_idx is { } row)
                {
                    using var padding = table.select(0, row);
                    padding.zero_();
                }

                return Embedding_from_pretrained(table, false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, device, dtype);
            }

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
                bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var table = embeddings.to(dtype ?? get_default_dtype(), device ?? get_default_device()).alias().requires_grad_(!freeze);
                return new Embedding(table, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
            }
        }
    }
}
