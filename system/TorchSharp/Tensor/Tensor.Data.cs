using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        internal void* DataPointer
        {
            get
            {
                void* data;
                Native.Check(Native.gt_tensor_data(Handle, &data));
                GC.KeepAlive(this);
                return data;
            }
        }

        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckElements(typeof(T));
            return new Utils.TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            CheckElements(typeof(T));
            if (device_type != DeviceType.CPU)
            {
                using Tensor here = cpu();
                return here.item<T>();
            }
            T value = Unsafe.ReadUnaligned<T>(DataPointer);
            GC.KeepAlive(this);
            return value;
        }

        public Scalar ToScalar() => Ops.CallScalar("item", this);

        public bool is_nonzero()
        {
            if (NumberOfElements != 1) throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            return Ops.CallBool("is_nonzero", this);
        }

        public Span<byte> bytes
        {
            get => Memory("Bytes");
            set
            {
                Span<byte> memory = Memory("SetBytes");
                if (memory.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(memory);
            }
        }

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            CheckElements(typeof(T));
            return new Utils.TensorAccessor<T>(this)[i];
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024) => stream.Write(Memory("Bytes"));
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024) => stream.ReadExactly(Memory("Bytes"));

        private Span<byte> Memory(string caller)
        {
            if (!is_contiguous()) throw new InvalidOperationException($"{caller}() called on non-contiguous tensor.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            long length = NumberOfElements * ElementSize;
            if (length > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
            return new Span<byte>(DataPointer, (int)length);
        }

        private void CheckElements(Type wanted)
        {
            if (ScalarTypes.Find(wanted) != dtype) throw new ArgumentException($"{wanted.Name} is not compatible with {dtype}");
        }
    }
}
