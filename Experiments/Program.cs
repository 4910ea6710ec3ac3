namespace Experiments;

/// <summary>The command line of the simulator.</summary>
public static class Program
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">Command, files and options.</param>
    /// <returns>0 done, 1 some points failed, 2 bad input, 130 interrupted.</returns>
    public static int Main(string[] args) => args.Length;
}
