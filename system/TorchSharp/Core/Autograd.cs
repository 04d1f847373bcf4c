namespace TorchSharp;

/// <summary>Switches gradients on or off for this thread until it is disposed.</summary>
internal sealed class GradMode : IDisposable
{
    private readonly int _before = Native.gt_grad_enabled();
    internal GradMode(bool enabled) => Native.gt_set_grad_enabled(enabled ? 1 : 0);
    public void Dispose() => Native.gt_set_grad_enabled(_before);
}

internal sealed class InferenceMode : IDisposable
{
    private bool _open = true;
    internal InferenceMode(bool enabled) => Native.Check(Native.gt_push_inference(enabled ? 1 : 0));
    public void Dispose()
    {
        if (_open) Native.gt_pop_inference();
        _open = false;
    }
}

public class AnomalyMode : IDisposable
{
    private readonly int _enabledBefore = Native.gt_anomaly_enabled(), _checkedBefore = Native.gt_anomaly_checks_nan();

    public AnomalyMode(bool enabled, bool check_nan = true) => Native.gt_set_anomaly(enabled ? 1 : 0, check_nan ? 1 : 0);

    public static bool IsEnabled => Native.gt_anomaly_enabled() != 0;
    public static bool ShouldCheckNaN => Native.gt_anomaly_checks_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Native.gt_set_anomaly(_enabledBefore, _checkedBefore);
}

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static bool is_grad_enabled() => Native.gt_grad_enabled() != 0;
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
    public static bool is_inference_mode_enabled() => Native.gt_inference_enabled() != 0;

    public static partial class autograd
    {
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
                bool allow_unused = false)
        {
            nint[] roots = Handles(outputs), leaves = Handles(inputs), seeds = Handles(grad_outputs), found = new nint[leaves.Length];
            unsafe
            {
                fixed (nint* o = roots, i = leaves, g = seeds, r = found)
                {
                    Native.Check(Native.gt_grad(o, roots.Length, i, leaves.Length, g, seeds.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0,
                        allow_unused ? 1 : 0, r));
                }
            }
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return found.Select(h => h == 0 ? null! : new Tensor(h)).ToList();
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), seeds = Handles(grad_tensors), leaves = Handles(inputs);
            unsafe
            {
                fixed (nint* t = roots, g = seeds, i = leaves)
                {
                    Native.Check(Native.gt_backward(t, roots.Length, g, seeds.Length, retain_graph is { } keep ? keep ? 1 : 0 : -1, create_graph ? 1 : 0, i,
                        leaves.Length));
                }
            }
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            if (tensors is null) return [];
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i]?.Handle ?? 0;
            return handles;
        }
    }

    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.Ask(this, Native.Query.RequiresGrad) != 0;
            set
            {
                Native.Check(Native.gt_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);
        public bool is_leaf => Native.Ask(this, Native.Query.Leaf) != 0;

        public unsafe Tensor? grad
        {
            get
            {
                nint found;
                Native.Check(Native.gt_tensor_grad(Handle, &found));
                GC.KeepAlive(this);
                return found == 0 ? null : new Tensor(found);
            }

            set
            {
                Native.Check(Native.gt_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public void retain_grad()
        {
            Native.Check(Native.gt_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward(this);
        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Ops.Call("detach", this);
        public Tensor detach_() => Ops.InPlace("detach_", this);
    }
}
