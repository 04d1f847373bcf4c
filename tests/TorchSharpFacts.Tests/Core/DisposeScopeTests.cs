using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.TorchSharpFacts.Tests.Core;

public class DisposeScopeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        Tensor before = ones(1), inside, kept;
        using (DisposeScope scope = NewDisposeScope())
        {
            inside = before + 1;
            kept = (inside * 2).MoveToOuterDisposeScope();
            Assert.True(scope.Contains(inside));
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.False(before.IsInvalid);
        Assert.True(inside.IsInvalid);
        Assert.Equal(4f, kept.item<float>());
    }

    [Fact]
    public void MovingGoesOneScopeOut()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) moved = ones(1).MoveToOuterDisposeScope();
            Assert.False(moved.IsInvalid);
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void DetachedTensorsBelongToNoScope()
    {
        Tensor free, other;
        using (DisposeScope scope = NewDisposeScope())
        {
            free = ones(1).DetachFromDisposeScope();
            other = scope.Detach(ones(1));
        }
        Assert.False(free.IsInvalid);
        Assert.False(other.IsInvalid);
    }

    [Fact]
    public void ATensorCanBeAttached()
    {
        Tensor outside = ones(1);
        using (DisposeScope scope = NewDisposeScope()) scope.Attach(outside);
        Assert.True(outside.IsInvalid);
    }

    [Fact]
    public void EverythingButSome()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(1), b = ones(1);
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        scope.DisposeEverything();
        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void AWrappedExpressionKeepsItsResultOnly()
    {
        Tensor? inner = null;
        using Tensor result = WrappedTensorDisposeScope(() => (inner = ones(1)) + 1);
        Assert.True(inner!.IsInvalid);
        Assert.Equal(2f, result.item<float>());
    }

    [Fact]
    public void ScopesBelongToTheirThread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;
        DisposeScope? seen = scope;
        var thread = new Thread(() =>
        {
            seen = CurrentDisposeScope;
            elsewhere = ones(1);
        });
        thread.Start();
        thread.Join();
        Assert.Null(seen);
        Assert.False(scope.Contains(elsewhere!));
        Assert.Same(scope, CurrentDisposeScope);
    }

    [Fact]
    public void ADisposedScopeCannotBeUsed()
    {
        DisposeScope scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(ones(1)));
    }

    [Fact]
    public void StatisticsCountPerThread()
    {
        ThreadDisposeScopeStatistics? statistics = null;
        var thread = new Thread(() =>
        {
            Tensor outside = ones(1);
            using (NewDisposeScope())
            {
                Tensor inside = ones(1);
                ones(1).DetachFromDisposeScope();
            }
            outside.Dispose();
            statistics = DisposeScopeManager.Statistics;
        });
        thread.Start();
        thread.Join();
        Assert.Equal(1, statistics!.CreatedOutsideScopeCount);
        Assert.Equal(2, statistics.CreatedInScopeCount);
        Assert.Equal(1, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TheCountOfLiveTensorsIsFlatWithAScopePerStep()
    {
        Tensor w = randn(8, 8, requires_grad: true);
        long after = 0;
        for (int step = 0; step < 50; step++)
        {
            using (NewDisposeScope())
            {
                w.matmul(w).tanh().sum().backward();
                using IDisposable plain = no_grad();
                w.sub_(w.grad! * 0.01);
                w.grad!.zero_();
            }
            if (step == 2) after = Tensor.TotalCount;
        }
        Assert.Equal(after, Tensor.TotalCount);
    }

    /// <summary>A parameter takes the handle of the tensor that it is made of, which is counted on for ever; its memory is freed.</summary>
    [Fact]
    public void ADisposedParameterIsStillCountedOnce()
    {
        using DisposeScope scope = NewDisposeScope();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 10; i++) nn.Parameter(zeros(1)).Dispose();
        Assert.Equal(before + 10, Tensor.TotalCount);
    }

    [Fact]
    public void ForgottenTensorsAreFreedByTheCollector()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.InRange(Tensor.TotalCount, 0, before + 10); // other tests leave things to the collector too

        static void Forget()
        {
            for (int i = 0; i < 1000; i++) _ = ones(1);
        }
    }
}
