using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>In-place forms return a new object for the same tensor, so that disposing the result leaves the input alone.</summary>
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? Ops.Call("relu_", x) : Ops.Call("relu", x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Ops.Call("leaky_relu_", input, negative_slope) : Ops.Call("leaky_relu", input, negative_slope);

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? Ops.Call("silu_", x) : Ops.Call("silu", x);

            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                string form = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? Ops.Call("gelu_", x, form) : Ops.Call("gelu", x, form);
            }

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? Ops.Call("tanh_", x) : Ops.Call("tanh", x);

            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? Ops.Call("sigmoid_", x) : Ops.Call("sigmoid", x);

            public static Tensor logsigmoid(Tensor x) => Ops.Call("log_sigmoid", x);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Ops.Call("softplus", x, beta, threshold);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Ops.Call("softmax.int", input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => Ops.Call("log_softmax.int", x, dim);
        }
    }
}
