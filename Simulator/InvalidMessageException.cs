namespace Simulator;

/// <summary>A message that no encoder of this scheme can have sent: too short, or with an impossible field.</summary>
/// <remarks>Avoid it by decoding with the scheme, the options and the model file that encoded; transmission errors are not detected as such.</remarks>
public sealed class InvalidMessageException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public InvalidMessageException()
        : base("The message was not produced by this feedback scheme.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which field was found to be impossible, and what is permitted.</param>
    public InvalidMessageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which field was found to be impossible, and what is permitted.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidMessageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
