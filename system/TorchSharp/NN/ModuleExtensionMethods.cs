using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp
{
    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, type, null);

        public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, type, device);

        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, null, new torch.Device(deviceType, deviceIndex));

        public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, null, device);

        public static T to<T>(this T module, string device, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, null, new torch.Device(device));

        public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, other.dtype, other.device);

        public static T cpu<T>(this T module, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, null, torch.CPU);

        public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
            where T : torch.nn.Module => Convert(module, null, new torch.Device(DeviceType.CUDA, deviceIndex));

        public static T @float<T>(this T module, bool non_blocking = false)
            where T : torch.nn.Module => module.to(torch.ScalarType.Float32, non_blocking);

        public static T @double<T>(this T module, bool non_blocking = false)
            where T : torch.nn.Module => module.to(torch.ScalarType.Float64, non_blocking);

        private static T Convert<T>(T module, torch.ScalarType? type, torch.Device? device)
            where T : torch.nn.Module
        {
            module.Convert(type, device);
            return module;
        }
    }

    public static class FieldInfoExtensionMethods
    {
        /// <summary>The name under which a field is registered.</summary>
        public static string ComponentName(this FieldInfo field) => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
    }
}

namespace TorchSharp.Utils
{
    /// <summary>Registers the field under another name than its own.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    public class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}
