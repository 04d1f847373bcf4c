using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Linear(Parameter weight, Parameter? bias)
                : base(nameof(Linear))
            {
                in_features = weight.shape[1];
                out_features = weight.shape[0];
                this.weight = weight;
                this.bias = bias;
            }

            internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(Linear))
            {
                in_features = inputSize;
                out_features = outputSize;
                weight = new Parameter(torch.empty([outputSize, inputSize], dtype: dtype, device: device));
                bias = hasBias ? new Parameter(torch.empty([outputSize], dtype: dtype, device: device)) : null;
                torch.nn.init.LikeBuiltInLayers(weight, bias);
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

            public long in_features { get; set; }

            public long out_features { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);
        }
    }
}
