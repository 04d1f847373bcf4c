namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor lerp(Tensor end, Tensor weight) => Ops.Call("lerp.Tensor", this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Ops.InPlace("lerp_.Tensor", this, end, weight);
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.Call("addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.InPlace("addcmul_", this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Ops.Call("addcdiv", this, tensor1, tensor2);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.Call("addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Ops.InPlace("addcdiv_", this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.InPlace("addcdiv_", this, tensor1, tensor2, value);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.Call("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Ops.Call("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.InPlace("clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Ops.InPlace("clamp_.Tensor", this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_min(Scalar min) => Ops.Call("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => Ops.InPlace("clamp_min_", this, min);
        public Tensor clamp_max(Scalar max) => Ops.Call("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => Ops.InPlace("clamp_max_", this, max);
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Ops.Call("nan_to_num", this, nan, posinf, neginf);
        public Tensor round(long decimals = 0) => Ops.Call("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => Ops.InPlace("round_.decimals", this, decimals);
        public Tensor atan2(Tensor other) => Ops.Call("atan2", this, other);
        public Tensor logaddexp(Tensor other) => Ops.Call("logaddexp", this, other);
        public Tensor xlogy(Tensor y) => Ops.Call("xlogy.Tensor", this, y);
        public Tensor hypot(Tensor other) => Ops.Call("hypot", this, other);
        public Tensor heaviside(Tensor other) => Ops.Call("heaviside", this, other);

        public Tensor leaky_relu(Scalar negative_slope) => Ops.Call("leaky_relu", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Ops.InPlace("leaky_relu_", this, negative_slope);
        public Tensor elu(double alpha = 1) => Ops.Call("elu", this, alpha);
        public Tensor gelu() => Ops.Call("gelu", this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Ops.Call("softplus", this, beta, threshold);
        public Tensor log_sigmoid() => Ops.Call("log_sigmoid", this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.Call("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.Call("log_softmax.int", this, dim, dtype);

        public Tensor fill_(Scalar value) => Ops.InPlace("fill_.Scalar", this, value);
        public Tensor zero_() => Ops.Call("zero_", this); // upstream's only operation in place that returns another object
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.InPlace("copy_", this, source, nonBlocking);
        public Tensor set_(Tensor source) => dtype == source.dtype // libtorch 1.13 would read past the end
            ? Ops.InPlace("set_.source_Tensor", this, source)
            : throw new ArgumentException($"a tensor of {dtype} cannot take the memory of one of {source.dtype}");
        public Tensor clone() => Ops.Call("clone", this);
    }

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);
    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);
    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul_(tensor1, tensor2, value);
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);
    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv_(tensor1, tensor2, value);
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);
    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) => input.nan_to_num(nan, posinf, neginf);
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);
    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);
    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);
    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);
    public static Tensor heaviside(Tensor input, Tensor values) => input.heaviside(values);
    public static Tensor clone(Tensor input) => input.clone();
}
