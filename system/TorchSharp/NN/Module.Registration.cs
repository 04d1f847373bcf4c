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
            public virtual void register_parameter(string name, Parameter param)
            {
                ThrowIfNoTensor(param, nameof(param), "parameter");
                if (!ownParameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ThrowIfNoTensor(tensor, nameof(tensor), "buffer");
                if (!ownBuffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }
            }

            /// <summary>Adds a child and finds its components; null (or a disposed module) takes the child of that name away.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule.disposed)
                {
                    ownModules.Remove(name);
                    return;
                }

                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                }

                if (name.Length == 0)
                {
                    throw new ArgumentException("module name can't be empty string \"\"");
                }

                if (ownModules.ContainsKey(name))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }

                submodule.RegisterComponents();
                ownModules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>
            /// Registers what the fields of the class hold, in the order of their declaration, under the fields' names. A derived class calls it last in its
            /// constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (componentsAreRegistered)
                {
                    return;
                }

                componentsAreRegistered = true;
                foreach (var field in ComponentFields())
                {
                    string key = field.ComponentName();
                    if (ownModules.ContainsKey(key) || ownParameters.ContainsKey(key) || ownBuffers.ContainsKey(key))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(key, module);
                            break;
                        case Parameter parameter:
                            register_parameter(key, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(key, tensor);
                            break;
                    }
                }
            }

            protected void ClearModules() => ownModules.Clear();

            /// <summary>The parameter of a built-in layer: the register is the only place that holds it.</summary>
            internal Parameter? OwnedParameter(string name) => ownParameters.GetValueOrDefault(name);

            internal Tensor? OwnedBuffer(string name) => ownBuffers.TryGetValue(name, out var buffer) ? buffer.tensor : null;

            /// <summary>Takes the parameter out of its dispose scope and disposes the one that it replaces: a built-in layer owns its tensors.</summary>
            internal void Own(string name, Parameter? value)
            {
                if (ownParameters.TryGetValue(name, out var old) && !ReferenceEquals(old, value))
                {
                    old.Dispose();
                }

                if (value is null)
                {
                    ownParameters.Remove(name);
                    return;
                }

                value.DetachFromDisposeScope();
                ownParameters[name] = value;
            }

            /// <summary>Registers another object under a name that may be taken; the old object stays as it is.</summary>
            internal void Replace(string name, Parameter value) => ownParameters[name] = value;

            internal void OwnBuffer(string name, Tensor? value)
            {
                if (ownBuffers.TryGetValue(name, out var old) && !ReferenceEquals(old.tensor, value))
                {
                    old.tensor.Dispose();
                }

                if (value is null)
                {
                    ownBuffers.Remove(name);
                    return;
                }

                value.DetachFromDisposeScope();
                ownBuffers[name] = (value, true);
            }

            private IEnumerable<FieldInfo> ComponentFields()
            {
                const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                var seen = new HashSet<string>();
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (var field in type.GetFields(Declared))
                    {
                        if (seen.Add(field.Name))
                        {
                            yield return field;
                        }
                    }
                }
            }

            private static void ThrowIfNoTensor(Tensor tensor, string argument, string role)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(argument, $"A null tensor cannot be registered as a {role}.");
                }
            }
        }
    }
}
