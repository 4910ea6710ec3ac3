using System.Diagnostics;

namespace Tests.Support;

/// <summary>The built tool as a process of its own.</summary>
public static class ToolProcess
{
    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="args">Command, files and options.</param>
    public static void Run(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"sim {string.Join(' ', args)} ended with {process.ExitCode}: {error}");
        Assert.NotEmpty(output.Result);
    }

    /// <summary>Starts a command.</summary>
    /// <param name="args">Command, files and options.</param>
    /// <returns>The running process with its output redirected.</returns>
    public static Process Start(params string[] args)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "Experiments.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [tool, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }
}
