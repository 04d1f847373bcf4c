using System.Collections.Generic;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
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
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Distinct(AllBuffers(recurse));

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
