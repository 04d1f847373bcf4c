namespace GanPipeline.TorchSharpFacts.Tests;

/// <summary>Who disposes a tensor: what keeps the memory of Trainer.TakeStep flat, and what would take tensors away from it.</summary>
public sealed class ScopeFacts
{
    /// <summary>FlatNetwork is built in no scope as well as in that of a caller; Adam's moments and StepLog's rows outlive the step's.</summary>
    [Fact]
    public void A_moved_tensor_goes_one_scope_out_and_a_detached_one_belongs_to_none()
    {
        Tensor inside, moved, free, last;
        using (NewDisposeScope())
        {
            using (NewDisposeScope()) (inside, moved, free) = (ones(1), ones(1).MoveToOuterDisposeScope(), ones(1).DetachFromDisposeScope());
            Assert.Equal((true, false), (inside.IsInvalid, moved.IsInvalid));
            last = ones(1).MoveToOuterDisposeScope();
        }
        Assert.Equal((true, false, false), (moved.IsInvalid, free.IsInvalid, last.IsInvalid));
    }

    /// <summary>So a generator that ML.NET's threads sample from, or a Fit on a thread of its own, needs scopes of its own.</summary>
    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = ones(1));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(elsewhere!));
    }

    [Fact]
    public void With_a_scope_a_step_the_number_of_live_tensors_is_flat()
    {
        Tensor w = randn(8, 8, requires_grad: true);
        long LiveAfter(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                w.matmul(w).tanh().sum().backward();
                using IDisposable noGradient = no_grad();
                w.sub_(w.grad! * 0.01);
            }
            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }
        Assert.Equal(LiveAfter(3), LiveAfter(50));
    }

    /// <summary>So src puts no result of an operation in place into a using: that would dispose weights and moments.</summary>
    [Fact]
    public void Operations_in_place_return_the_tensor_itself()
    {
        Tensor x = ones(2);
        Assert.Same(x, x.mul_(2).add_(1).div_(3).copy_(ones(2)).set_(zeros(2)));
    }

    /// <summary>A parameter takes the handle of the tensor that it is made of, which is counted on for ever; its memory is freed. So tests of leaks leave
    /// parameters out.</summary>
    [Fact]
    public void A_disposed_parameter_is_still_counted_once()
    {
        using DisposeScope scope = NewDisposeScope();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 10; i++) nn.Parameter(zeros(1)).Dispose();
        Assert.Equal(before + 10, Tensor.TotalCount);
    }
}
