using System.CommandLine;
using System.Globalization;
using Experiments.Commands;

namespace Experiments;

/// <summary>The command line of the simulator.</summary>
public static class Program
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">Command, files and options.</param>
    /// <returns>0 done, 1 some points failed, 2 bad input, 130 interrupted.</returns>
    public static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        return CommandLine.Invoke(CreateRoot(), args, Console.Out, Console.Error);
    }

    /// <summary>Names the commands.</summary>
    /// <returns>The root of the command line.</returns>
    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Link-level massive-MIMO simulation: spectral efficiency against the bits that channel feedback really takes.")
        {
            HelpName = "sim",
        };
        root.Add(RunCommand.Create());
        root.Add(ValidateCommand.Create());
        root.Add(PlanCommand.Create());
        root.Add(ListCommand.Create());
        root.Add(ChannelsCommand.Create());
        root.Add(EncodeCommand.Create());
        root.Add(DecodeCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(CompareCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(DoctorCommand.Create());
        return root;
    }
}
