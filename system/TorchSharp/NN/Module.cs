using System.Collections.Generic;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The tree of parameters, buffers and child modules. What a module computes is added by <see cref="Module{T, TResult}"/> and its siblings.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor tensor, bool persistent)> ownBuffers = [];
            private readonly OrderedDictionary<string, Module> ownModules = [];
            private bool componentsAreRegistered;
            private bool disposed;

            protected string? name;

            protected Module(string name) => this.name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name ?? GetType().Name;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children())
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is null)
                    {
                        continue;
                    }

                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        using var _ = no_grad();
                        grad.zero_();
                    }
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children()
            {
                foreach (var (key, module) in ownModules)
                {
                    yield return (key, module);
                }
            }

            /// <summary>Breadth before depth at each level: all children come before the first grandchild. The module itself is not among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                {
                    yield return child;
                }

                foreach (var (key, child) in named_children())
                {
                    foreach (var (path, module) in child.named_modules())
                    {
                        yield return ($"{key}.{path}", module);
                    }
                }
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => Distinct(AllParameters(recurse));

            /// <summary>Persistent buffers only, whatever <paramref name="include_nonpersistent"/> says: upstream never lists the others.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) => Distinct(AllBuffers(recurse));

            public virtual IEnumerable<Module> children()
            {
                foreach (var (_, module) in named_children())
                {
                    yield return module;
                }
            }

            public virtual IEnumerable<Module> modules()
            {
                foreach (var (_, module) in named_modules())
                {
                    yield return module;
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true)
            {
                foreach (var (_, parameter) in named_parameters(recurse))
                {
                    yield return parameter;
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (_, buffer) in named_buffers(recurse, include_nonpersistent))
                {
                    yield return buffer;
                }
            }

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) =>
                ownParameters.TryGetValue(target, out var parameter) ? parameter
                : Descend(target) is var (child, rest) ? child.get_parameter(rest) : null;

            public virtual Tensor? get_buffer(string target) =>
                ownBuffers.TryGetValue(target, out var buffer) ? buffer.tensor
                : Descend(target) is var (child, rest) ? child.get_buffer(rest) : null;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || disposed)
                {
                    return;
                }

                disposed = true;
                DisposeUnlisted();
                foreach (var buffer in buffers(recurse: false).ToList())
                {
                    buffer.Dispose();
                }

                foreach (var parameter in parameters(recurse: false).ToList())
                {
                    parameter.Dispose();
                }

                foreach (var child in children())
                {
                    child.Dispose();
                }
            }

            /// <summary>For a layer that holds a tensor that is neither parameter nor buffer.</summary>
            internal virtual void DisposeUnlisted()
            {
            }

            private (Module child, string rest)? Descend(string target)
            {
                int dot = target.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0)
                {
                    return null;
                }

                foreach (var (key, module) in named_children())
                {
                    if (target.AsSpan(0, dot).SequenceEqual(key))
                    {
                        return (module, target[(dot + 1)..]);
                    }
                }

                return null;
            }

            private IEnumerable<(string, Parameter)> AllParameters(bool recurse)
            {
                foreach (var (key, parameter) in ownParameters)
                {
                    yield return (key, parameter);
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (key, child) in named_children())
                {
                    foreach (var (path, parameter) in child.named_parameters())
                    {
                        yield return ($"{key}.{path}", parameter);
                    }
                }
            }

            private IEnumerable<(string, Tensor)> AllBuffers(bool recurse)
            {
                foreach (var (key, buffer) in ownBuffers)
                {
                    if (buffer.persistent)
                    {
                        yield return (key, buffer.tensor);
                    }
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (key, child) in named_children())
                {
                    foreach (var (path, buffer) in child.named_buffers())
                    {
                        yield return ($"{key}.{path}", buffer);
                    }
                }
            }

            /// <summary>A tensor that is registered twice is listed under its first name; a disposed one is not listed at all.</summary>
            private static IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T)> entries)
                where T : Tensor
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                foreach (var (key, tensor) in entries)
                {
                    if (!tensor.IsInvalid && seen.Add(tensor))
                    {
                        yield return (key, tensor);
                    }
                }
            }
        }
    }
}
