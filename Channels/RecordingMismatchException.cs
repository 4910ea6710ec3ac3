namespace Channels;

/// <summary>A recording that does not fit its scenario; the message says what the file holds and what is needed.</summary>
/// <remarks>Avoid it by giving the scenario the recorded numbers of subcarriers, antennas, slots and users.</remarks>
public sealed class RecordingMismatchException : IOException
{
    /// <summary>Creates the exception without a reason.</summary>
    public RecordingMismatchException()
        : base("The recording does not fit the scenario.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the file holds and what is needed.</param>
    public RecordingMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the file holds and what is needed.</param>
    /// <param name="innerException">What led to it.</param>
    public RecordingMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
