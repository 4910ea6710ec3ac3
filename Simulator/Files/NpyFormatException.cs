namespace Simulator.Files;

/// <summary>A file that is no <c>.npy</c> array of the kinds read here; the message says what was found and what is permitted.</summary>
/// <remarks>Avoid it by writing C-ordered complex64 or complex128 with <c>numpy.save</c>.</remarks>
public sealed class NpyFormatException : IOException
{
    /// <summary>Creates the exception without a reason.</summary>
    public NpyFormatException()
        : base("The file is not a readable .npy array.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found and what is permitted.</param>
    public NpyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found and what is permitted.</param>
    /// <param name="innerException">What led to it.</param>
    public NpyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
