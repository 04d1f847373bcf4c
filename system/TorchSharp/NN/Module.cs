using System.Collections.Generic;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tree of parameters, buffers and child modules. <see cref="Module{T, TResult}"/> and its siblings add what a module computes.</summary>
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
        }
    }
}
