namespace Feedback.Models;

/// <summary>A model file that is missing, damaged, altered or made for other dimensions.</summary>
/// <remarks>Avoid it by leaving model files and their cards as <c>sim train</c> wrote them, and by naming a model for the array in use.</remarks>
public sealed class InvalidModelException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public InvalidModelException()
        : base("The model cannot be used.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what was found and what is permitted.</param>
    public InvalidModelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what was found and what is permitted.</param>
    /// <param name="innerException">What led to it.</param>
    public InvalidModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
