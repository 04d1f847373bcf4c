namespace TorchSharp;

public static partial class torch
{
    public class Device
    {
        public DeviceType type { get; private set; } = DeviceType.CPU;
        public int index { get; private set; } = -1;

        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = Enum.Parse<DeviceType>(parts[0].ToUpperInvariant());
            if (parts.Length == 2) index = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        public Device(string deviceType, int index = -1) => (type, this.index) = (Enum.Parse<DeviceType>(deviceType.ToUpperInvariant()), index);
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);
        public Device(int index) => (type, this.index) = (DeviceType.CUDA, index);

        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : index == -1 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        public static implicit operator Device(string description) => new(description);
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);
    private static Device s_default = CPU;

    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => s_default;
    public static void set_default_device(Device device) => s_default = device;
    public static void set_default_device(string device) => s_default = new Device(device);

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || cuda.device_count() > 0;

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;
        public static unsafe int device_count()
        {
            int count;
            Native.Check(Native.gt_cuda_device_count(&count));
            return count;
        }

        public static unsafe bool is_cudnn_available()
        {
            int available;
            Native.Check(Native.gt_cudnn_available(&available));
            return available != 0;
        }

        public static void manual_seed(long seed)
        {
            if (TryInitializeDeviceType(DeviceType.CUDA)) Native.Check(Native.gt_cuda_seed((ulong)seed, 0));
        }

        public static void manual_seed_all(long seed)
        {
            if (TryInitializeDeviceType(DeviceType.CUDA)) Native.Check(Native.gt_cuda_seed((ulong)seed, 1));
        }

        public static void synchronize(Device? device = null)
        {
            if (TryInitializeDeviceType(DeviceType.CUDA)) Native.Check(Native.gt_cuda_synchronize(device?.index ?? -1));
        }
    }
}
