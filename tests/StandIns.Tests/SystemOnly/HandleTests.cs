using FsCheck;
using TorchSharp;
using static GanPipeline.StandIns.Tests.SystemOnly.NativeLibrary;

namespace GanPipeline.StandIns.Tests.SystemOnly;

/// <summary>No handle, whatever it is, brings the process down.</summary>
public unsafe class HandleTests
{
    private const int Numel = 1;

    private static int Query(nint handle)
    {
        long answer;
        return gt_tensor_query(handle, Numel, &answer);
    }

    private static long Find(string name, string overload)
    {
        long op;
        Assert.Equal(Ok, gt_op_find(name, overload, &op));
        return op;
    }

    [Fact]
    public void NullIsSeen() => Assert.Equal(Null, Query(0));

    [Fact]
    public void ADisposedHandleIsSeenEvenWhenItsPlaceIsUsedAgain()
    {
        torch.Tensor first = torch.ones(3);
        nint old = first.Handle;
        Assert.Equal(Ok, Query(old));
        first.Dispose();
        Assert.Equal(Disposed, Query(old));
        using torch.Tensor second = torch.ones(4); // takes the same slot
        Assert.Equal(Disposed, Query(old));
        Assert.Equal(Disposed, gt_tensor_free(old));
        Assert.Equal(4, second.numel());
    }

    [Fact]
    public void AHandleOfAnotherKindIsSeen()
    {
        using var generator = new torch.Generator(1);
        using torch.Tensor tensor = torch.ones(1);
        Assert.Equal(Foreign, Query(generator.Handle));
        Assert.Equal(Foreign, gt_generator_free(tensor.Handle));
        Assert.Equal(Foreign, gt_op_call(tensor.Handle, null, 0, null, 0, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0x7fff_ffff_ffffL)] // what an address looks like
    [InlineData(0x5100_0000_ffff_ffffL)] // a tensor's kind, but an index that no tensor has
    [InlineData(0x5180_0000_0000_0000L)] // the lock bit
    public void AnythingElseIsSeen(long handle) => Assert.Contains(Query((nint)handle), new[] { Foreign, Disposed });

    [Fact]
    public void AnySequenceOfBitsIsSeen() => FsCheck.Fluent.Prop.ForAll<long>(FsCheck.Fluent.ArbMap.Default.ArbFor<long>(),
        bits => Query((nint)(bits | 0x4000_0000_0000_0000L)) != Ok).QuickCheckThrowOnFailure();

    [Fact]
    public void AnOperatorRefusesDisposedArguments()
    {
        torch.Tensor gone = torch.ones(1);
        RawValue argument = RawValue.Tensor(gone.Handle), result;
        gone.Dispose();
        int count;
        Assert.Equal(Disposed, gt_op_call(Find("aten::neg", ""), &argument, 1, &result, 1, &count));
    }

    [Fact]
    public void AnOperatorRefusesWhatItsSchemaDoesNotHave()
    {
        using torch.Tensor one = torch.ones(1);
        long neg = Find("aten::neg", "");
        RawValue* arguments = stackalloc RawValue[2] { RawValue.Tensor(one.Handle), RawValue.Tensor(one.Handle) };
        RawValue result;
        int count;
        Assert.Equal(Argument, gt_op_call(neg, arguments, 2, &result, 1, &count));
        Assert.Equal("aten::neg takes 1 arguments, not 2", LastError);
        Assert.Equal(Argument, gt_op_call(neg, arguments, 0, &result, 1, &count));
        Assert.Equal("aten::neg needs an argument 'self'", LastError);
        arguments[0].Tag = 2; // an integer
        Assert.Equal(Argument, gt_op_call(neg, arguments, 1, &result, 1, &count));
        long nothing;
        Assert.Equal(Error, gt_op_find("aten::no_such_operator", "", &nothing));
    }

    [Fact]
    public void NothingNativeOutlivesItsObjects()
    {
        Tensors(); // what is made once
        long before = Live();
        for (int i = 0; i < 20; i++) Tensors();
        Assert.Equal(before, Live());

        static long Live()
        {
            // Objects that earlier tests have forgotten may still wait for their finalizers.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return gt_live_tensors();
        }

        static void Tensors()
        {
            using DisposeScope scope = torch.NewDisposeScope();
            torch.Tensor w = torch.randn(4, 4, requires_grad: true);
            w.matmul(w).split(1)[0].max(1).values.sum().backward();
            w.grad = torch.autograd.grad([(w * w).sum()], [w], create_graph: true)[0].detach();
            w.grad.unique(return_counts: true);
            try
            {
                w.view(3);
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                // leaves nothing behind either
            }
        }
    }

    [Fact]
    public void DisposingWhileAnotherThreadReadsNeverReadsFreedMemory()
    {
        for (int round = 0; round < 200; round++)
        {
            torch.Tensor shared = torch.full([64], 7f);
            nint handle = shared.Handle;
            using var start = new Barrier(2);
            var reader = new Thread(() =>
            {
                start.SignalAndWait();
                while (Query(handle) == Ok) { }
            });
            reader.Start();
            start.SignalAndWait();
            shared.Dispose();
            reader.Join();
            Assert.Equal(Disposed, Query(handle));
        }
    }
}
