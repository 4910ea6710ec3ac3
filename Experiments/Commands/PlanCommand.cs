using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Planning;
using Spectre.Console;

namespace Experiments.Commands;

/// <summary><c>sim plan</c>: the numbered points of an input file with their sizes and an estimate of the time.</summary>
public static class PlanCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var input = new InputArguments();
        var json = new Option<bool>("--json") { Description = "Print JSON with the resolved input of each experiment." };
        var command = new Command("plan", "Shows the numbered points of an input file with sizes and estimates of the time, without running them.\n\nExample: sim plan experiments.yaml --only indoor-single-user");
        input.AddTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var plans = input.Read(parsed);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(CanonicalJson.WriteIndented(new JsonArray([.. plans.Select(Describe)])));
            }
            else
            {
                foreach (var plan in plans)
                {
                    Show(plan, output);
                }
            }
            return CommandLine.Done;
        });
        return command;
    }

    private static void Show(ExperimentPlan plan, TextWriter output)
    {
        var costs = new CostEstimate(plan);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var heading in new[] { "point", "scenario", "scheme", "setting", "users", "streams", "estimator", "precoder", "SNR", "time" })
        {
            table.AddColumn(heading);
        }
        foreach (var point in plan.Points)
        {
            table.AddRow(
                Text(point.Number),
                Markup.Escape(point.Group.Scenario),
                Markup.Escape(point.Scheme.Name),
                Markup.Escape(point.Scheme.Setting),
                Text(point.Group.Users),
                Text(point.Streams),
                Markup.Escape(point.EstimatorName),
                point.PrecoderName,
                $"{Text(point.SnrDecibels)} dB",
                CostEstimate.Format(costs.Seconds(point)));
        }
        output.WriteLine($"{plan.Name}: {plan.Points.Count} points of {plan.Drops} drops in blocks of {plan.BlockSize}, about {CostEstimate.Format(costs.TotalSeconds)} on one core, {costs.PeakMebibytes} MiB of channels a block");
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 180;
        console.Write(table);
    }

    private static JsonObject Describe(ExperimentPlan plan)
    {
        var costs = new CostEstimate(plan);
        return new JsonObject
        {
            ["experiment"] = plan.Name,
            ["drops"] = plan.Drops,
            ["block"] = plan.BlockSize,
            ["seconds"] = Math.Round(costs.TotalSeconds, 1),
            ["input"] = JsonNode.Parse(plan.ResolvedInput),
            ["points"] = new JsonArray([.. plan.Points.Select(point => new JsonObject
            {
                ["number"] = point.Number,
                ["scenario"] = point.Group.Scenario,
                ["scheme"] = point.Scheme.Name,
                ["setting"] = point.Scheme.Setting,
                ["users"] = point.Group.Users,
                ["streams"] = point.Streams,
                ["estimator"] = point.EstimatorName,
                ["precoder"] = point.PrecoderName,
                ["snr_db"] = point.SnrDecibels,
                ["seconds"] = Math.Round(costs.Seconds(point), 2),
            })]),
        };
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
