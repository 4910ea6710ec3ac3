using System.Runtime.ExceptionServices;

namespace Experiments.Running;

/// <summary>A thread of its own: dispose scopes, thread counts and gradient modes of tensors belong to threads.</summary>
internal sealed class Worker
{
    private readonly Thread thread;
    private ExceptionDispatchInfo? failure;

    public Worker(Action work, Action onFailure) => thread = new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);
            onFailure();
        }
    });

    public void Start() => thread.Start();

    public void Join() => thread.Join();

    public void ThrowIfFailed() => failure?.Throw();
}
