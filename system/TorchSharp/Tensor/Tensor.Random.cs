namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Ops.InPlace("normal_", this, mean, std, generator);
        public Tensor uniform_(double from, double to, Generator? generator = null) => Ops.InPlace("uniform_", this, from, to, generator);
        public Tensor random_(double from, double to, Generator? generator = null) => Ops.InPlace("random_.from", this, (long)from, (long)to, generator);
        public Tensor bernoulli(Generator? generator = null) => Ops.Call("bernoulli", this, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Ops.InPlace("bernoulli_.float", this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Ops.InPlace("bernoulli_.Tensor", this, p, generator);
        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Ops.InPlace("exponential_", this, lambda, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Ops.Call("multinomial", this, num_samples, replacement, generator);
        public Tensor poisson(Generator? generator = null) => Ops.Call("poisson", this, generator);
    }

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);
    public static Tensor poisson(Tensor input, Generator? generator = null) => input.poisson(generator);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        randn(mean.shape, device: std.device, generator: generator) * std + mean;
}
