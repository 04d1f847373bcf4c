namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("empty_like", this, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("zeros_like", this, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("ones_like", this, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("rand_like", this, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("randn_like", this, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("full_like", this, value, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Ops.Call("randint_like.low_dtype", this, low, high, dtype ?? this.dtype, Value.None, device ?? this.device), requires_grad);
    }

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.empty_like(dtype, device, requires_grad), names);
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.zeros_like(dtype, device, requires_grad), names);
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.ones_like(dtype, device, requires_grad), names);
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) => Named(input.full_like(value, dtype, device, requires_grad), names);
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randint_like(low, high, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Ops.Call("arange.start_step", start, stop, step, dtype ?? RangeType(start, stop, step), Value.None, InitializeDevice(device)), requires_grad);
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Ops.Call("linspace", start, end, steps, dtype ?? get_default_dtype(), Value.None, InitializeDevice(device)), requires_grad);
    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Finish(Ops.Call("logspace", start, end, steps, @base, dtype ?? get_default_dtype(), Value.None, InitializeDevice(device)), requires_grad);
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Finish(Ops.Call("eye.m", rows, columns == -1 ? rows : columns, dtype ?? get_default_dtype(), Value.None, InitializeDevice(device)), requires_grad,
            names);

    private static ScalarType RangeType(Scalar start, Scalar stop, Scalar step) =>
        start.Type.IsIntegral() && stop.Type.IsIntegral() && step.Type.IsIntegral() ? ScalarType.Int64 : get_default_dtype();

    private static Tensor Finish(Tensor made, bool requires_grad, string[]? names = null) => Named(requires_grad ? made.requires_grad_() : made, names);

    private static Tensor Named(Tensor made, string[]? names) =>
        names is null or [] ? made : throw new NotSupportedException("dimension names are not supported; leave out 'names'");

    private static ScalarType s_dtype = ScalarType.Float32;
    public static ScalarType get_default_dtype() => s_dtype;
    public static void set_default_dtype(ScalarType dtype) => s_dtype = dtype;
}
