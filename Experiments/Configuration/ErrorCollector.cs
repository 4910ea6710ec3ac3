namespace Experiments.Configuration;

/// <summary>Gathers everything that is wrong with an input, each thing once, so that the user sees all of it at a time.</summary>
public sealed class ErrorCollector
{
    private readonly List<ConfigurationError> errors = [];
    private readonly HashSet<ConfigurationError> known = [];

    /// <summary>How often something was added, the same thing again included: whether a piece of reading failed.</summary>
    public int Count { get; private set; }

    /// <summary>Adds what is wrong at a place.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What was found and what is permitted, one sentence.</param>
    public void Add(InputNode place, string message)
    {
        ArgumentNullException.ThrowIfNull(place);
        Add(new ConfigurationError(place.File, place.Line, place.Column, place.Path, message));
    }

    /// <summary>Adds an error, unless the same stands there already: sweeps meet a block more than once.</summary>
    /// <param name="error">The error.</param>
    public void Add(ConfigurationError error)
    {
        Count++;
        if (known.Add(error))
        {
            errors.Add(error);
        }
    }

    /// <summary>Ends the reading if anything is wrong.</summary>
    /// <exception cref="BadInputException">With all errors in the order of the file.</exception>
    public void ThrowIfAny()
    {
        if (errors.Count > 0)
        {
            throw new BadInputException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
        }
    }
}
