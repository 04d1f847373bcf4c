using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after another. It disposes each intermediate result, so a module in it must return a tensor of its own.</summary>
        public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            private readonly List<(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)> items = [];

            protected Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules)
                : this(modules.Select(item => (item.name, item.submodule)))
            {
            }

            protected Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules)
                : this(modules.Select((module, i) => (Number(i), module)))
            {
            }

            internal Sequential(IEnumerable<(string name, torch.nn.Module<torch.Tensor, torch.Tensor> module)> modules)
                : base("torch::nn::SequentialImpl") // upstream's name for it
            {
                foreach (var (name, module) in modules)
                {
                    items.Add((name, module));
                }
            }

            public int Count => items.Count;

            [IndexerName("SequentialItems")]
            public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => items[index].module;

            public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(Number(Count), module);

            public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
            {
                items.Add((name, module));
                return this;
            }

            public override IEnumerable<(string name, torch.nn.Module module)> named_children()
            {
                foreach (var (name, module) in items)
                {
                    yield return (name, (torch.nn.Module)module);
                }
            }

            public override torch.Tensor forward(torch.Tensor tensor)
            {
                if (items.Count == 0)
                {
                    return tensor.alias();
                }

                var current = items[0].module.call(tensor);
                for (int i = 1; i < items.Count; i++)
                {
                    var next = items[i].module.call(current);
                    current.Dispose();
                    current = next;
                }

                return current;
            }

            internal static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new([]);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules.AsEnumerable());

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential(modules.AsEnumerable());

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(modules.Select((module, i) => (Modules.Sequential.Number(i), module)));
        }
    }
}
