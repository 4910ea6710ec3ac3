namespace Experiments.Configuration;

/// <summary>Input on which nothing was run; the command ends with exit code 2.</summary>
/// <remarks>Each error names the place, what was found and what is permitted.</remarks>
public sealed class BadInputException : Exception
{
    /// <summary>Creates the exception of one sentence without a place in a YAML file.</summary>
    /// <param name="message">What was found and what is permitted.</param>
    public BadInputException(string message)
        : base(message) => Errors = [new ConfigurationError("", 0, 0, "", message)];

    /// <summary>Creates the exception of everything that is wrong.</summary>
    /// <param name="errors">All errors, at least one.</param>
    public BadInputException(IReadOnlyList<ConfigurationError> errors)
        : base(errors.Count > 0 ? errors[0].Message : "") => Errors = errors;

    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}
