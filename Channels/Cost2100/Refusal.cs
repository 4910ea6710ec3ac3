namespace Channels.Cost2100;

/// <summary>Says at which option a value is refused, so that an input file's error stands at its place.</summary>
internal static class Refusal
{
    /// <summary>A value that cannot be.</summary>
    /// <param name="option">The property of the options.</param>
    /// <param name="message">What was found and what is permitted.</param>
    /// <returns>The exception to throw.</returns>
    public static ArgumentOutOfRangeException Of(string option, string message) => new(option, message);
}
