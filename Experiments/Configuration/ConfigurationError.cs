namespace Experiments.Configuration;

/// <summary>One thing that is wrong with an input, as one sentence for the user.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Line">Line, from 1; 0 if the error has no place.</param>
/// <param name="Column">Column, from 1; 0 if the error has no place.</param>
/// <param name="Path">The YAML path, e.g. <c>scenarios.indoor.bandwidth</c>; empty for the whole file.</param>
/// <param name="Message">What was found and what is permitted.</param>
public sealed record ConfigurationError(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>The error as it is shown, e.g. <c>a.yaml:3:5: links.single.snr: …</c>.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        var place = (File.Length > 0, Line > 0) switch
        {
            (true, true) => $"{File}:{Line}:{Column}: ",
            (true, false) => $"{File}: ",
            _ => "",
        };
        return Path.Length > 0 ? $"{place}{Path}: {Message}" : place + Message;
    }
}
