using System.Runtime.InteropServices;

namespace Experiments.Running;

/// <summary>Ctrl-C and a termination signal end a run after the points in hand, so that everything finished is kept.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations;

    /// <summary>Begins to listen.</summary>
    public Interruption() => registrations = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }
        .Select(signal => PosixSignalRegistration.Create(signal, Stop))
        .ToList();

    /// <summary>Cancelled when the user interrupts.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    // A second signal ends the process at once.
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !source.IsCancellationRequested;
        source.Cancel();
    }
}
