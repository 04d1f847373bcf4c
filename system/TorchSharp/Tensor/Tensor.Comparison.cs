namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Ops.Call("eq.Tensor", this, target);
        public Tensor eq(Scalar target) => Ops.Call("eq.Scalar", this, target);
        public Tensor eq_(Tensor target) => Ops.InPlace("eq_.Tensor", this, target);
        public Tensor eq_(Scalar target) => Ops.InPlace("eq_.Scalar", this, target);
        public Tensor ne(Tensor target) => Ops.Call("ne.Tensor", this, target);
        public Tensor ne(Scalar target) => Ops.Call("ne.Scalar", this, target);
        public Tensor ne_(Tensor target) => Ops.InPlace("ne_.Tensor", this, target);
        public Tensor ne_(Scalar target) => Ops.InPlace("ne_.Scalar", this, target);
        public Tensor lt(Tensor target) => Ops.Call("lt.Tensor", this, target);
        public Tensor lt(Scalar target) => Ops.Call("lt.Scalar", this, target);
        public Tensor lt_(Tensor target) => Ops.InPlace("lt_.Tensor", this, target);
        public Tensor lt_(Scalar target) => Ops.InPlace("lt_.Scalar", this, target);
        public Tensor le(Tensor target) => Ops.Call("le.Tensor", this, target);
        public Tensor le(Scalar target) => Ops.Call("le.Scalar", this, target);
        public Tensor le_(Tensor target) => Ops.InPlace("le_.Tensor", this, target);
        public Tensor le_(Scalar target) => Ops.InPlace("le_.Scalar", this, target);
        public Tensor gt(Tensor target) => Ops.Call("gt.Tensor", this, target);
        public Tensor gt(Scalar target) => Ops.Call("gt.Scalar", this, target);
        public Tensor gt_(Tensor target) => Ops.InPlace("gt_.Tensor", this, target);
        public Tensor gt_(Scalar target) => Ops.InPlace("gt_.Scalar", this, target);
        public Tensor ge(Tensor target) => Ops.Call("ge.Tensor", this, target);
        public Tensor ge(Scalar target) => Ops.Call("ge.Scalar", this, target);
        public Tensor ge_(Tensor target) => Ops.InPlace("ge_.Tensor", this, target);
        public Tensor ge_(Scalar target) => Ops.InPlace("ge_.Scalar", this, target);
        public Tensor greater(Tensor target) => Ops.Call("gt.Tensor", this, target);
        public Tensor greater_equal(Tensor target) => Ops.Call("ge.Tensor", this, target);
        public Tensor less(Tensor target) => Ops.Call("lt.Tensor", this, target);
        public Tensor less_equal(Tensor target) => Ops.Call("le.Tensor", this, target);
        public Tensor less_equal_(Tensor target) => Ops.InPlace("le_.Tensor", this, target);
        public Tensor not_equal(Tensor target) => Ops.Call("ne.Tensor", this, target);
        public Tensor not_equal_(Tensor target) => Ops.InPlace("ne_.Tensor", this, target);
        public Tensor maximum(Tensor other) => Ops.Call("maximum", this, other);
        public Tensor minimum(Tensor other) => Ops.Call("minimum", this, other);
        public Tensor fmax(Tensor other) => Ops.Call("fmax", this, other);
        public Tensor fmin(Tensor other) => Ops.Call("fmin", this, other);
        public Tensor logical_and(Tensor other) => Ops.Call("logical_and", this, other);
        public Tensor logical_and_(Tensor other) => Ops.InPlace("logical_and_", this, other);
        public Tensor logical_or(Tensor other) => Ops.Call("logical_or", this, other);
        public Tensor logical_or_(Tensor other) => Ops.InPlace("logical_or_", this, other);
        public Tensor logical_xor(Tensor other) => Ops.Call("logical_xor", this, other);
        public Tensor logical_xor_(Tensor other) => Ops.InPlace("logical_xor_", this, other);
        public Tensor bitwise_and(Tensor other) => Ops.Call("bitwise_and.Tensor", this, other);
        public Tensor bitwise_and_(Tensor other) => Ops.InPlace("bitwise_and_.Tensor", this, other);
        public Tensor bitwise_or(Tensor other) => Ops.Call("bitwise_or.Tensor", this, other);
        public Tensor bitwise_or_(Tensor other) => Ops.InPlace("bitwise_or_.Tensor", this, other);
        public Tensor bitwise_xor(Tensor other) => Ops.Call("bitwise_xor.Tensor", this, other);
        public Tensor bitwise_xor_(Tensor other) => Ops.InPlace("bitwise_xor_.Tensor", this, other);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Ops.Call("isclose", this, other, rtol, atol, nanEqual);
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.CallBool("allclose", this, target, rtol, atol, equal_nan);
        public Tensor equal(Tensor target) => Ops.Call("eq.Tensor", this, target);
        public Tensor where(Tensor condition, Tensor y) => condition.dtype == ScalarType.Bool
            ? Ops.Call("where.self", condition, this, y)
            : throw new ArgumentException("The condition to 'where' must be a boolean tensor.");
    }

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor greater(Tensor tensor, Tensor target) => tensor.greater(target);
    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.greater_equal(target);
    public static Tensor less(Tensor tensor, Tensor target) => tensor.less(target);
    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.less_equal(target);
    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.not_equal(target);
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);
    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);
    public static Tensor logical_and_(Tensor left, Tensor right) => left.logical_and_(right);
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);
    public static Tensor logical_or_(Tensor left, Tensor right) => left.logical_or_(right);
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);
    public static Tensor logical_xor_(Tensor left, Tensor right) => left.logical_xor_(right);
    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);
    public static Tensor bitwise_and_(Tensor left, Tensor right) => left.bitwise_and_(right);
    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);
    public static Tensor bitwise_or_(Tensor left, Tensor right) => left.bitwise_or_(right);
    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);
    public static Tensor bitwise_xor_(Tensor left, Tensor right) => left.bitwise_xor_(right);
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        tensor.isclose(other, rtol, atol, nanEqual);
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
    public static Tensor[] where(Tensor condition) => Ops.CallMany("where", condition);
}
