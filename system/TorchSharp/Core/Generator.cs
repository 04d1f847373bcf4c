namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        public nint Handle { get; private set; }
        public Device device { get; private set; } = CPU;

        private Generator(nint handle) => Handle = handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            unsafe
            {
                nint handle;
                Native.Check(Native.gt_generator_new(seed, (int)this.device.type, this.device.index, &handle));
                Handle = handle;
            }
        }

        public static unsafe Generator Default
        {
            get
            {
                nint handle;
                Native.Check(Native.gt_generator_default((int)DeviceType.CPU, -1, &handle));
                return new Generator(handle);
            }
        }

        public unsafe Tensor get_state()
        {
            nint state;
            Native.Check(Native.gt_generator_state(Handle, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.gt_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.gt_generator_set_seed(Handle, (ulong)seed));
            return this;
        }

        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public unsafe long initial_seed()
        {
            ulong seed;
            Native.Check(Native.gt_generator_initial_seed(Handle, &seed));
            GC.KeepAlive(this);
            return (long)seed;
        }

        ~Generator() => Dispose(false);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle == 0) return;
            Native.gt_generator_free(Handle);
            Handle = 0;
        }
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);
    public static long seed() => random.seed();
    public static long initial_seed() => random.initial_seed();
    public static Tensor get_rng_state() => random.get_rng_state();
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.gt_manual_seed((ulong)seed));
            return Generator.Default;
        }

        public static long seed()
        {
            using Generator generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using Generator generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using Generator generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using Generator generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
