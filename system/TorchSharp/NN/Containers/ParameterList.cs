using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A list of parameters with the names "0", "1", ...</summary>
        public class ParameterList : torch.nn.Module, IList<Parameter>
        {
            private readonly List<Parameter> items;

            public ParameterList(params Parameter[] parameters)
                : base(nameof(ParameterList)) => items = [.. parameters];

            public int Count => items.Count;

            public bool IsReadOnly => false;

            public Parameter this[int index]
            {
                get => items[index];
                set => items[index] = value;
            }

            public void Add(Parameter item) => items.Add(item);

            public void append(params Parameter[] parameters) => items.AddRange(parameters);

            public void extend(IEnumerable<Parameter> parameters) => items.AddRange(parameters);

            public void Clear() => items.Clear();

            public bool Contains(Parameter item) => IndexOf(item) >= 0;

            public void CopyTo(Parameter[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

            public IEnumerator<Parameter> GetEnumerator() => items.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            public int IndexOf(Parameter item) => items.IndexOf(item);

            public void Insert(int index, Parameter item) => items.Insert(index, item);

            public bool Remove(Parameter item) => items.Remove(item);

            public void RemoveAt(int index) => items.RemoveAt(index);

            public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                items.Select((parameter, i) => (Sequential.Number(i), parameter));

            public override bool has_parameter(string target) => get_parameter(target) is not null;

            public override Parameter? get_parameter(string target) =>
                int.TryParse(target, CultureInfo.InvariantCulture, out int i) && i >= 0 && i < items.Count ? items[i] : null;

            /// <summary>Nothing to do: <see cref="named_parameters"/> reads the list itself.</summary>
            protected override void RegisterComponents()
            {
            }

            internal override void ConvertTree(torch.ScalarType? dtype, torch.Device? device)
            {
                for (int i = 0; i < items.Count; i++)
                {
                    if (Converted(items[i], dtype, device) is { } converted)
                    {
                        items[i].Dispose();
                        items[i] = converted;
                    }
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
