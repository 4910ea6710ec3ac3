using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Experiments.Configuration;
using Experiments.Planning;
using Experiments.Reporting;
using Experiments.Running;
using Simulator;
using Spectre.Console;
using static TorchSharp.torch;

namespace Experiments.Commands;

/// <summary><c>sim run</c>: validates, computes what is missing, writes results.</summary>
public static class RunCommand
{
    private static readonly InputArguments Input = new();
    private static readonly Option<string> Out = new("--out") { Description = "Folder of the results.", HelpName = "DIR", DefaultValueFactory = _ => "results" };
    private static readonly Option<string> OnDevice = new("--device") { Description = "Where tensors are computed: cpu, cuda or cuda:N.", HelpName = "D", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<int?> Workers = new("--workers") { Description = "Worker threads; the number of processors if not given. Results do not depend on it.", HelpName = "N" };
    private static readonly Option<int> Task = new("--task") { Description = "Compute only share I of N; all shares may use one folder at once.", HelpName = "I", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Of = new("--of") { Description = "Number of shares.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the results as JSON instead of a table." };

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("run", "Runs the experiments of an input file; running again resumes.\n\nExample: sim run experiments.yaml --only indoor-single-user --drops 64")
        {
            Out, OnDevice, Workers, Task, Of, Json,
        };
        Input.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var plans = Input.Read(parsed);
        var (task, of) = Share(parsed);
        var device = ParseDevice(parsed.GetValue(OnDevice)!);
        var workers = parsed.GetValue(Workers) ?? Environment.ProcessorCount;
        Require(workers >= 1, $"--workers {workers}: at least 1 is needed.");
        using var interruption = new Interruption();
        var metrics = Catalogues.Metrics.All.ToDictionary(entry => entry.Name, entry => entry.Metric);
        var blocks = new BlockRunner(metrics, new SharedInstances(), device);
        var failed = false;
        foreach (var plan in plans)
        {
            var folder = Path.Combine(parsed.GetValue(Out)!, plan.Name);
            using var session = new ExperimentSession(plan, Describe(plan, Input.FileOf(parsed), device), folder, task, of);
            try
            {
                Watch(progress => session.Run(blocks, progress, workers, task, of, interruption.Token));
                interruption.Token.ThrowIfCancellationRequested();
                failed |= Conclude(session, metrics, folder, parsed);
            }
            catch (IOException error)
            {
                Console.Error.WriteLine($"{folder}: results cannot be written ({error.Message}); everything finished so far is kept, so make room and run again.");
                return CommandLine.SomeFailed;
            }
        }
        return failed ? CommandLine.SomeFailed : CommandLine.Done;
    }

    private static bool Conclude(ExperimentSession session, Dictionary<string, IMetric> metrics, string folder, ParseResult parsed)
    {
        if (session.Conclude(metrics) is { } report)
        {
            return Show(report, folder, parsed);
        }
        var (task, of) = Share(parsed);
        Console.Error.WriteLine($"{folder}: share {task} of {of} is done; results are written when the last share is.");
        return false;
    }

    private static (int Task, int Of) Share(ParseResult parsed)
    {
        var (task, of) = (parsed.GetValue(Task), parsed.GetValue(Of));
        Require(of >= 1 && task >= 1 && task <= of, $"--task {task} --of {of}: the task is 1 to the number of tasks.");
        return (task, of);
    }

    private static Device ParseDevice(string text)
    {
        var cards = cuda.is_available() ? cuda.device_count() : 0;
        var known = text == "cpu" || (text == "cuda" && cards > 0)
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text["cuda:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var card) && card < cards);
        var there = cards switch { 0 => "cpu", 1 => "cpu, cuda", _ => $"cpu, cuda:0 to cuda:{cards - 1}" };
        Require(known, $"--device {text}: there is no such device here; there is {there}.");
        return device(text);
    }

    private static void Require(bool condition, FormattableString message)
    {
        if (!condition)
        {
            throw new BadInputException(FormattableString.Invariant(message));
        }
    }

    private static Manifest Describe(ExperimentPlan plan, string file, Device device)
    {
        var version = typeof(RunCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new Manifest
        {
            Experiment = plan.Name,
            InputFile = Path.GetFileName(file),
            ResolvedInput = plan.ResolvedInput,
            Seeds = new Dictionary<string, ulong> { ["root"] = plan.Seed },
            Version = version.Split('+')[0],
            GitCommit = version.Split('+').ElementAtOrDefault(1) ?? "",
            Libtorch = __version__,
            Device = device.ToString(),
        };
    }

    private static void Watch(Action<IRunProgress> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
        {
            work(new PlainProgress(Console.Error));
            return;
        }
        var live = new LiveProgress(console);
        live.Show(() => work(live));
    }

    private static bool Show(ExperimentReport report, string folder, ParseResult parsed)
    {
        if (parsed.GetValue(Json))
        {
            using var output = Console.OpenStandardOutput();
            new JsonExporter().Export(report, output);
        }
        else
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
                Out = new AnsiConsoleOutput(Console.Out),
            });
            console.Profile.Width = Console.IsOutputRedirected ? 160 : console.Profile.Width;
            console.Write(ResultTable.Create(report));
            Console.Out.WriteLine($"results: {Path.Combine(folder, "results.csv")}, report: {Path.Combine(folder, "report.html")}");
        }
        var errors = report.Points.Where(point => point.Error.Length > 0).ToList();
        errors.ForEach(point => Console.Error.WriteLine($"failed: {point.Scheme} {point.Setting} in {point.Scenario}: {point.Error}"));
        return errors.Count > 0;
    }
}
