using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that is to be trained. It takes over what the given object holds, and that object's place in a dispose scope.</summary>
        public class Parameter : torch.Tensor
        {
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).DecoupleFromNativeHandle(), register: false)
            {
                if (data.OwningDisposeScope is { } scope)
                {
                    scope.MarkAsDisposed(data);
                    scope.Register(this);
                    OwningDisposeScope = scope;
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
