using System.Reflection;
using TorchSharp;
using Xunit.Sdk;

namespace Tests.Support;

/// <summary>Fails a test after which more tensors of its thread are alive than before.</summary>
/// <remarks>For synchronous tests, which begin and end on one thread.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class DisposesItsTensorsAttribute : BeforeAfterTestAttribute
{
    private long before;

    public override void Before(MethodInfo methodUnderTest) => before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    public override void After(MethodInfo methodUnderTest) =>
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
}
