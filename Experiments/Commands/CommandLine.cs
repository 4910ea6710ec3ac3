using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Experiments.Configuration;

namespace Experiments.Commands;

/// <summary>Runs a parsed command line and turns what goes wrong into one sentence each and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>Some points failed; the others are complete.</summary>
    public const int SomeFailed = 1;

    /// <summary>Bad input; nothing ran.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted; everything finished so far is kept.</summary>
    public const int Interrupted = 130;

    /// <summary>Parses the arguments and runs the command.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="args">What the user typed.</param>
    /// <param name="output">Where results are written.</param>
    /// <param name="error">Where errors are written, one sentence each.</param>
    /// <returns>The exit code.</returns>
    public static int Invoke(RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(error);
        var debug = new Option<bool>("--debug") { Description = "Show the stack trace of an error.", Recursive = true };
        root.Add(debug);
        var parsed = root.Parse(args.Count > 0 ? args : ["--help"]);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var message in parsed.Errors.Select(found => found.Message).Distinct())
            {
                error.WriteLine(message);
            }
            error.WriteLine($"See 'sim {Named(parsed)}--help'.");
            return BadInput;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,
            });
        }
        catch (Exception exception) when (!parsed.GetValue(debug))
        {
            return Explain(exception, error);
        }
        catch (Exception exception)
        {
            error.WriteLine(exception);
            return Explain(exception, TextWriter.Null);
        }
    }

    private static string Named(ParseResult parsed) =>
        Named(parsed.CommandResult);

    private static string Named(CommandResult? result) =>
        result is null or { Command: RootCommand } ? "" : $"{Named(result.Parent as CommandResult)}{result.Command.Name} ";

    private static int Explain(Exception exception, TextWriter error)
    {
        switch (exception)
        {
            case BadInputException bad:
                foreach (var found in bad.Errors)
                {
                    error.WriteLine(found);
                }
                return BadInput;
            case OperationCanceledException:
                error.WriteLine("Interrupted; everything finished so far is kept.");
                return Interrupted;
            case IOException or UnauthorizedAccessException:
                error.WriteLine(OneSentence(exception.Message));
                return BadInput;
            default:
                error.WriteLine($"{exception.GetType().Name}: {OneSentence(exception.Message)} (--debug shows where.)");
                return SomeFailed;
        }
    }

    private static string OneSentence(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(1));
}
