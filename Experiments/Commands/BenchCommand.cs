using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Benchmarks;
using Experiments.Configuration;
using Experiments.Planning;
using static TorchSharp.torch;

namespace Experiments.Commands;

/// <summary><c>sim bench</c>: the program's own throughput on this machine.</summary>
public static class BenchCommand
{
    private const string Coder = "coder";
    private static readonly string[] Parts = ["channels", "feedback", "precoders", "metrics"];
    private static readonly string[] Names = [.. Parts, Coder];

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = $"One of {string.Join(", ", Names)}; all if not given.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--file") { Description = "The input file, each scenario of which is timed in the first experiment that has it.", HelpName = "FILE", DefaultValueFactory = _ => "experiments.yaml" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("bench", "Times the program's parts on one core: units a second, median of the runs of a second.\n\nExample: sim bench metrics")
        {
            name, file, json,
        };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name);
            if (wanted is not null && !Names.Contains(wanted))
            {
                throw new BadInputException($"bench {wanted}: there is no such benchmark; {NearestName.Advise(wanted, Names)}");
            }
            set_num_threads(1);
            using var quiet = no_grad();
            var output = parsed.InvocationConfiguration.Output;
            var table = parsed.GetValue(json) ? null : output;
            var rows = new JsonArray();
            if (wanted is null or Coder)
            {
                Report("bit streams", CoderBenchmark.Run(), table, rows);
            }
            if (wanted is not Coder)
            {
                var plans = InputFile.Read(parsed.GetRequiredValue(file), new InputOverrides());
                // An experiment may sweep scenarios of different sizes, each with schemes of its own.
                foreach (var (plan, points) in plans.SelectMany(plan => plan.Points.GroupBy(point => point.Group.Scenario).Select(points => (plan, points))).DistinctBy(found => found.points.Key))
                {
                    Report($"{plan.Name}, {points.Key}", Time(new LinkBenchmarks([.. points], plan.BlockSize), wanted), table, rows);
                }
            }
            if (parsed.GetValue(json))
            {
                output.WriteLine(CanonicalJson.WriteIndented(rows));
            }
            return CommandLine.Done;
        });
        return command;
    }

    private static IEnumerable<BenchmarkResult> Time(LinkBenchmarks benchmarks, string? wanted) =>
        Parts.Where(part => wanted is null || part == wanted).SelectMany(part => part switch
        {
            "channels" => benchmarks.Channels(),
            "feedback" => benchmarks.Feedback(),
            "precoders" => benchmarks.Precoders(),
            _ => benchmarks.Metrics(),
        });

    private static void Report(string title, IEnumerable<BenchmarkResult> results, TextWriter? output, JsonArray rows)
    {
        output?.WriteLine($"{title}, one core");
        foreach (var result in results)
        {
            output?.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {result.Group,-10} {result.Name,-56} {result.PerSecond,12:F1} {result.Unit}/s  ({result.PerProcessorSecond:F1} a second of processor time, {result.Runs} runs)"));
            rows.Add(new JsonObject
            {
                ["title"] = title,
                ["group"] = result.Group,
                ["name"] = result.Name,
                ["unit"] = result.Unit,
                ["per_second"] = result.PerSecond,
                ["per_processor_second"] = result.PerProcessorSecond,
                ["runs"] = result.Runs,
            });
        }
    }
}
