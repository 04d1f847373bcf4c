using System.Collections.Generic;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Replaces, in the whole tree, each parameter and persistent buffer that is not of that type (integers keep theirs) or not on that device by
            /// a converted one. The old objects are disposed, so an optimizer that was made before does not know the new ones.
            /// </summary>
            internal void Convert(ScalarType? dtype, Device? device)
            {
                if (dtype is { } wanted && !wanted.IsFloatingPoint() && !wanted.IsComplex())
                {
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={wanted}");
                }

                if (device?.type == DeviceType.CUDA && !cuda.is_available())
                {
                    throw new InvalidOperationException("CUDA is not available.");
                }

                ConvertTree(dtype, device);
            }

            internal virtual void ConvertTree(ScalarType? dtype, Device? device)
            {
                foreach (var child in children())
                {
                    child.ConvertTree(dtype, device);
                }

                var fields = ComponentFields().ToDictionary(field => field.ComponentName());
                foreach (var (key, parameter) in named_parameters(recurse: false).ToList())
                {
                    if (Converted(parameter, dtype, device) is { } converted)
                    {
                        ownParameters[key] = converted;
                        Assign(key, converted, fields);
                        parameter.Dispose();
                    }
                }

                foreach (var (key, buffer) in named_buffers(recurse: false).ToList())
                {
                    var (type, place) = (TypeAfter(buffer, dtype), device ?? buffer.device);
                    if (WillCopy(buffer, type, place))
                    {
                        var converted = buffer.to(type, place).DetachFromDisposeScope();
                        ownBuffers[key] = (converted, true);
                        Assign(key, converted, fields);
                        buffer.Dispose();
                    }
                }
            }

            /// <summary>A leaf of its own on the other side, with the converted gradient; null where nothing has to change.</summary>
            internal static Parameter? Converted(Parameter parameter, ScalarType? dtype, Device? device)
            {
                var (type, place) = (TypeAfter(parameter, dtype), device ?? parameter.device);
                using var grad = parameter.grad;
                if (!WillCopy(parameter, type, place) && (grad is null || !WillCopy(grad, type, place)))
                {
                    return null;
                }

                using var _ = no_grad();
                var converted = new Parameter(parameter.to(type, place, copy: true), parameter.requires_grad);
                converted.DetachFromDisposeScope();
                if (grad is not null)
                {
                    using var convertedGrad = grad.to(type, place);
                    converted.grad = convertedGrad;
                }

                return converted;
            }

            private void Assign(string name, Tensor value, Dictionary<string, FieldInfo> fields)
            {
                if (fields.TryGetValue(name, out var field))
                {
                    field.SetValue(this, value);
                }
            }

            private static ScalarType TypeAfter(Tensor tensor, ScalarType? dtype) =>
                dtype is { } type && (tensor.dtype.IsFloatingPoint() || tensor.dtype.IsComplex()) ? type : tensor.dtype;

            private static bool WillCopy(Tensor tensor, ScalarType type, Device device) =>
                tensor.dtype != type || tensor.device_type != device.type
                || (device.type != DeviceType.CPU && device.index >= 0 && device.index != tensor.device_index);
        }
    }
}
