using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Standins;

/// <summary>Who owns a tensor, and until when.</summary>
public sealed class TorchSharpScopesTests
{
    [Fact]
    public void Dispose_Scope_DisposesWhatWasMadeInIt()
    {
        Tensor inside;
        using (NewDisposeScope()) inside = ones([3]);

        Assert.True(inside.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inside.Handle);
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        Tensor tensor = ones([3]);
        tensor.Dispose();
        tensor.Dispose();

        Assert.True(tensor.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => tensor.add(1));
    }

    [Fact]
    public void MoveToOuterDisposeScope_Nested_LivesUntilTheOuterEnds()
    {
        Tensor moved;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                using Tensor temporary = ones([3]);
                moved = (temporary + 1).MoveToOuterDisposeScope();
            }

            Assert.False(moved.IsInvalid);
            Assert.Equal(1, outer.DisposablesCount);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void MoveToOuterDisposeScope_OutermostScope_DetachesFromAll()
    {
        Tensor moved;
        using (NewDisposeScope()) moved = ones([3]).MoveToOuterDisposeScope();
        using (moved) Assert.Equal(3, moved.sum().ToSingle());
    }

    [Fact]
    public void MoveToOuterDisposeScope_TensorOfAnOuterScope_LeavesThatScopeNotTheInner()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor borrowed = ones([3]);
        using (NewDisposeScope()) borrowed.MoveToOuterDisposeScope();

        Assert.False(borrowed.IsInvalid);
        Assert.Equal(0, outer.DisposablesCount);
        borrowed.Dispose();
    }

    [Fact]
    public void DetachFromDisposeScope_Tensor_OutlivesAllScopes()
    {
        Tensor detached;
        using (NewDisposeScope())
        using (NewDisposeScope())
            detached = ones([3]).DetachFromDisposeScope();

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void DisposablesCount_AfterDispose_Throws()
    {
        DisposeScope scope = NewDisposeScope();
        scope.Dispose();

        Assert.Throws<ObjectDisposedException>(() => scope.DisposablesCount);
    }

    [Fact]
    public void NewDisposeScope_OtherThread_DoesNotSeeOurs()
    {
        using DisposeScope ours = NewDisposeScope();
        Tensor? theirs = null;
        var thread = new Thread(() => theirs = ones([3]));
        thread.Start();
        thread.Join();

        Assert.Equal(0, ours.DisposablesCount);
        theirs!.Dispose();
    }

    [Fact]
    public void Statistics_Scope_CountsWhatLives()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            Tensor a = ones([2, 2]);
            _ = a.matmul(a);
            Assert.Equal(before + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Statistics_IndexedAssignment_LeavesNothingBehind()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros([4, 4, 1, 1]), value = tensor(1f);
        int before = scope.DisposablesCount;
        a[1, 2, 0, 0] = value;

        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Detach_SharesMemoryAndOutlivesItsSource()
    {
        Tensor source = ones([3]);
        using Tensor view = source.detach();
        source.Dispose();

        Assert.Equal(3, view.sum().ToSingle());
    }
}
