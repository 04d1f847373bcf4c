namespace TorchSharp;

/// <summary>Disposes what was made in it. Belongs to the thread that opened it.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly HashSet<IDisposable> _kept = new(ReferenceEqualityComparer.Instance);
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager) => (_manager, OuterScope) = (manager, manager.CurrentDisposeScope);

    internal DisposeScope? OuterScope { get; set; }

    private DisposeScopeManager Manager => _manager ?? throw new ObjectDisposedException(typeof(DisposeScope).FullName);

    public int DisposablesCount => Manager is not null ? _kept.Count : 0;
    public IReadOnlyList<IDisposable> DisposablesView => Manager is not null ? [.. _kept] : [];
    public bool Contains(IDisposable disposable) => _kept.Contains(disposable);

    internal void Register(IDisposable disposable) => _kept.Add(disposable);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        _ = Manager;
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (IDisposable d in disposables)
        {
            if (_kept.Contains(d)) Adopt(scope, d);
        }
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(scope, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(scope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);
    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(OuterScope, first, second);
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(OuterScope, first, second, third);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        DisposeScopeManager manager = Manager;
        foreach (IDisposable d in disposables)
        {
            if (!_kept.Remove(d) || d is not torch.Tensor tensor) continue;
            manager.TensorStatistics.DetachedFromScopeCount++;
            tensor.OwningDisposeScope = null;
        }
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3
        : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        DisposeScopeManager manager = Manager;
        var attached = new List<IDisposable>();
        foreach (IDisposable d in disposables)
        {
            if (Adopt(this, d)) manager.TensorStatistics.AttachedToScopeCount++;
            attached.Add(d);
        }
        return attached;
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);
    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        _ = Manager;
        var keep = inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        IDisposable[] old = [.. _kept];
        _kept.Clear();
        _kept.UnionWith(keep);
        foreach (IDisposable d in old)
        {
            if (!keep.Contains(d)) d.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        _ = Manager;
        _kept.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    public void Dispose()
    {
        if (_manager is not { } manager) return;
        DisposeEverything();
        manager.RemoveDisposeScope(this);
        _manager = null;
    }

    private static bool Adopt(DisposeScope scope, IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) throw new InvalidOperationException("DisposeScope can only manage Tensor");
        if (tensor.OwningDisposeScope == scope) return false;
        tensor.OwningDisposeScope?._kept.Remove(tensor);
        scope._kept.Add(tensor);
        tensor.OwningDisposeScope = scope;
        return true;
    }
}
