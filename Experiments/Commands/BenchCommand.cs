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
    private static readonly string[] Names = ["channels", "feedback", "precoders", "metrics"];

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = $"One of {string.Join(", ", Names)}; all if not given.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--file") { Description = "The input file whose first experiment with several users is timed.", HelpName = "FILE", DefaultValueFactory = _ => "experiments.yaml" };
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
            var plans = InputFile.Read(parsed.GetRequiredValue(file), new InputOverrides());
            var output = parsed.InvocationConfiguration.Output;
            var rows = new JsonArray();
            foreach (var plan in plans.DistinctBy(plan => plan.Points[0].Group.Scenario))
            {
                Run(plan, wanted, parsed.GetValue(json) ? null : output, rows);
            }
            if (parsed.GetValue(json))
            {
                output.WriteLine(CanonicalJson.WriteIndented(rows));
            }
            return CommandLine.Done;
        });
        return command;
    }

    private static void Run(ExperimentPlan plan, string? wanted, TextWriter? output, JsonArray rows)
    {
        var benchmarks = new LinkBenchmarks(plan);
        var groups = new Dictionary<string, Func<IEnumerable<BenchmarkResult>>>
        {
            ["channels"] = benchmarks.Channels,
            ["feedback"] = benchmarks.Feedback,
            ["precoders"] = benchmarks.Precoders,
            ["metrics"] = benchmarks.Metrics,
        };
        output?.WriteLine($"{plan.Name}: blocks of {plan.BlockSize} drops, one core");
        foreach (var result in Names.Where(name => wanted is null || name == wanted).SelectMany(name => groups[name]()))
        {
            output?.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {result.Group,-10} {result.Name,-56} {result.PerSecond,12:F1} {result.Unit}/s  ({result.Runs} runs)"));
            rows.Add(new JsonObject
            {
                ["experiment"] = plan.Name,
                ["group"] = result.Group,
                ["name"] = result.Name,
                ["unit"] = result.Unit,
                ["per_second"] = result.PerSecond,
                ["runs"] = result.Runs,
            });
        }
    }
}
