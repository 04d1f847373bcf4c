namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Ops.Call("add.Tensor", this, target);
        public Tensor add(Tensor target, Scalar alpha) => Ops.Call("add.Tensor", this, target, alpha);
        public Tensor add(Scalar scalar) => Ops.Call("add.Scalar", this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Ops.Call("add.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => Ops.InPlace("add_.Tensor", this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Ops.InPlace("add_.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar) => Ops.InPlace("add_.Scalar", this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => Ops.InPlace("add_.Scalar", this, scalar, alpha);

        public Tensor mul(Tensor target) => Ops.Call("mul.Tensor", this, target);
        public Tensor mul(Scalar target) => Ops.Call("mul.Scalar", this, target);
        public Tensor mul_(Tensor target) => Ops.InPlace("mul_.Tensor", this, target);
        public Tensor mul_(Scalar target) => Ops.InPlace("mul_.Scalar", this, target);
        public Tensor multiply(Tensor target) => Ops.Call("mul.Tensor", this, target);
        public Tensor multiply(Scalar target) => Ops.Call("mul.Scalar", this, target);
        public Tensor sub(Tensor target) => Ops.Call("sub.Tensor", this, target);
        public Tensor sub(Scalar target) => Ops.Call("sub.Scalar", this, target);
        public Tensor sub_(Tensor target) => Ops.InPlace("sub_.Tensor", this, target);
        public Tensor sub_(Scalar target) => Ops.InPlace("sub_.Scalar", this, target);
        public Tensor subtract(Tensor target) => Ops.Call("sub.Tensor", this, target);
        public Tensor subtract(Scalar target) => Ops.Call("sub.Scalar", this, target);
        public Tensor subtract_(Tensor target) => Ops.InPlace("sub_.Tensor", this, target);
        public Tensor subtract_(Scalar target) => Ops.InPlace("sub_.Scalar", this, target);
        public Tensor fmod(Tensor target) => Ops.Call("fmod.Tensor", this, target);
        public Tensor fmod(Scalar scalar) => Ops.Call("fmod.Scalar", this, scalar);
        public Tensor fmod_(Tensor target) => Ops.InPlace("fmod_.Tensor", this, target);
        public Tensor fmod_(Scalar scalar) => Ops.InPlace("fmod_.Scalar", this, scalar);
        public Tensor remainder(Tensor target) => Ops.Call("remainder.Tensor", this, target);
        public Tensor remainder(Scalar scalar) => Ops.Call("remainder.Scalar", this, scalar);
        public Tensor remainder_(Tensor target) => Ops.InPlace("remainder_.Tensor", this, target);
        public Tensor remainder_(Scalar scalar) => Ops.InPlace("remainder_.Scalar", this, scalar);
        public Tensor true_divide(Tensor other) => Ops.Call("true_divide.Tensor", this, other);
        public Tensor true_divide(Scalar other) => Ops.Call("true_divide.Scalar", this, other);
        public Tensor true_divide_(Tensor other) => Ops.InPlace("true_divide_.Tensor", this, other);
        public Tensor true_divide_(Scalar other) => Ops.InPlace("true_divide_.Scalar", this, other);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.Call("div.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.Call("div.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.Call("div.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.Call("div.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.InPlace("div_.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.InPlace("div_.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.InPlace("div_.Tensor_mode", this, target, Name(rounding_mode));
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.InPlace("div_.Scalar_mode", this, target, Name(rounding_mode));
        public Tensor floor_divide(Tensor other) => Ops.Call("floor_divide", this, other);
        public Tensor floor_divide(Scalar other) => Ops.Call("floor_divide.Scalar", this, other);
        public Tensor floor_divide_(Tensor other) => Ops.InPlace("floor_divide_.Tensor", this, other);
        public Tensor floor_divide_(Scalar other) => Ops.InPlace("floor_divide_.Scalar", this, other);

        public Tensor pow(Tensor exponent) => Ops.Call("pow.Tensor_Tensor", this, exponent);
        public Tensor pow(Scalar exponent) => Ops.Call("pow.Tensor_Scalar", this, exponent);
        public Tensor pow_(Tensor exponent) => Ops.InPlace("pow_.Tensor", this, exponent);
        public Tensor pow_(Scalar exponent) => Ops.InPlace("pow_.Scalar", this, exponent);

        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }

    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);
    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);
    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);
    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);
    public static Tensor multiply(Tensor left, Tensor right) => left.multiply(right);
    public static Tensor multiply(Tensor left, Scalar right) => left.multiply(right);
    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);
    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);
    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);
    public static Tensor subtract(Tensor left, Tensor right) => left.subtract(right);
    public static Tensor subtract(Tensor left, Scalar right) => left.subtract(right);
    public static Tensor subtract_(Tensor left, Tensor right) => left.subtract_(right);
    public static Tensor subtract_(Tensor left, Scalar right) => left.subtract_(right);
    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);
    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);
    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);
    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);
    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);
    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);
    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);
    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.true_divide(divisor);
    public static Tensor true_divide_(Tensor dividend, Tensor divisor) => dividend.true_divide_(divisor);
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);
    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);
    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);
    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);
    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);
    public static Tensor divide_(Tensor left, Scalar right) => left.divide_(right);
    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide_(right, rounding_mode);
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);
    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);
    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);
}
