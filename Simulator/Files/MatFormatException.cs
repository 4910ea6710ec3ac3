namespace Simulator.Files;

/// <summary>A file that is no MATLAB array of the kinds read here; the message says what was found and what is permitted.</summary>
/// <remarks>Avoid it by writing numeric arrays with MATLAB's <c>save(..., '-v7')</c> or with <c>scipy.io.savemat</c>.</remarks>
public sealed class MatFormatException : IOException
{
    /// <summary>Creates the exception without a reason.</summary>
    public MatFormatException()
        : base("The file is not a readable .mat file.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found and what is permitted.</param>
    public MatFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found and what is permitted.</param>
    /// <param name="innerException">What led to it.</param>
    public MatFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
