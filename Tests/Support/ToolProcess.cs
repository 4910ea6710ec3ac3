using System.Diagnostics;
using System.Globalization;

namespace Tests.Support;

/// <summary>The built tool as a process of its own.</summary>
public static class ToolProcess
{
    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="args">Command, files and options.</param>
    public static void Run(params string[] args) => RunWith(threads: null, args);

    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="threads">Threads inside an operator, or null for as many as this process has.</param>
    /// <param name="args">Command, files and options.</param>
    public static void RunWith(int? threads, params string[] args)
    {
        using var process = Start(threads, args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"sim {string.Join(' ', args)} ended with {process.ExitCode}: {error}");
        Assert.NotEmpty(output.Result);
    }

    /// <summary>Starts a command.</summary>
    /// <param name="args">Command, files and options.</param>
    /// <returns>The running process with its output redirected.</returns>
    public static Process Start(params string[] args) => Start(threads: null, args);

    private static Process Start(int? threads, string[] args)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "Experiments.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (threads is { } number)
            start.Environment["OMP_NUM_THREADS"] = number.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }
}
