using Feedback.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural.Training;

/// <summary>Everything that changes in training: weights, their moving average, the best of these, Adam's moments, the curve.</summary>
/// <remarks>Its tensors belong to no dispose scope; they end with <see cref="Dispose"/>.</remarks>
internal sealed class TrainingState : IDisposable
{
    private const string Network = "network.";
    private const string AveragePrefix = "average.";
    private const string BestPrefix = "best.";
    private readonly nn.Module network;
    private readonly Dictionary<string, Parameter> parameters;
    private readonly Dictionary<string, Tensor> average;
    private readonly Dictionary<string, Tensor> best;
    private double lossSum;
    private int lossCount;

    public TrainingState(nn.Module network, TrainingRecipe recipe)
    {
        this.network = network;
        parameters = network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        average = Copy();
        best = Copy();
        Optimizers =
        [
            (Create(parameters.Values.Where(parameter => parameter.dim() == 2), recipe), recipe.DenseRate),
            (Create(parameters.Values.Where(parameter => parameter.dim() != 2), recipe), 1),
        ];
    }

    public IReadOnlyList<(Adam Optimizer, double Rate)> Optimizers { get; }

    public IEnumerable<Parameter> Parameters => parameters.Values;

    public int Step { get; private set; }

    /// <summary>The step at which the optimiser began with empty moments.</summary>
    public int Restarted { get; private set; }

    public TrainingPoint Best { get; private set; } = Worst;

    /// <summary>Mean loss since the last validation; NaN before the first step.</summary>
    public double MeanLoss => lossSum / lossCount;

    public double Seconds { get; set; }

    public List<TrainingPoint> Curve { get; } = [];

    private static TrainingPoint Worst => new(0, double.NaN, double.PositiveInfinity, double.PositiveInfinity, double.NaN);

    /// <summary>Counts a step.</summary>
    public void Add(double loss)
    {
        lossSum += loss;
        lossCount++;
        Step++;
    }

    /// <summary>Adds a validation, and keeps the averaged weights if it is the best.</summary>
    public void Add(TrainingPoint point)
    {
        (lossSum, lossCount) = (0, 0);
        Curve.Add(point);
        if (!(point.Objective < Best.Objective))
            return;
        Best = point;
        using var frozen = no_grad();
        foreach (var (name, values) in best)
        {
            values.copy_(average[name]);
        }
    }

    public void SetLearningRate(double rate)
    {
        foreach (var (optimizer, factor) in Optimizers)
        {
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = rate * factor;
            }
        }
    }

    /// <summary>Moves the average towards the weights; early steps count more, so that the start is forgotten.</summary>
    public void Average(double decay)
    {
        using var frozen = no_grad();
        var kept = Math.Min(decay, (1.0 + Step) / (10.0 + Step));
        foreach (var (name, values) in average)
        {
            using var scope = NewDisposeScope();
            values.mul_(kept).add_(parameters[name], alpha: 1 - kept);
        }
    }

    /// <summary>Runs with the averaged weights in the network.</summary>
    public TrainingPoint WithAverage(Func<TrainingPoint> evaluate)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var current = parameters.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone(), StringComparer.Ordinal);
        Load(average);
        var value = evaluate();
        Load(current);
        return value;
    }

    public void LoadBest() => Load(best);

    public void Save(Stream destination)
    {
        using var scope = NewDisposeScope();
        var stored = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, values) in network.state_dict())
        {
            stored.Add(Network + key, values);
        }
        foreach (var name in parameters.Keys)
        {
            stored.Add(AveragePrefix + name, average[name]);
            stored.Add(BestPrefix + name, best[name]);
        }
        for (var index = 0; index < Optimizers.Count; index++)
        {
            stored.Add($"optimizer.{index}", Bytes(Optimizers[index].Optimizer));
        }
        AddFigures(stored);
        SafeTensorsFile.Write(destination, stored);
    }

    /// <summary>Weights and their average in half precision and nothing of the optimiser: small, and a warm restart.</summary>
    public void SaveCompact(Stream destination)
    {
        using var scope = NewDisposeScope();
        var stored = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, values) in network.state_dict())
        {
            stored.Add(Network + key, Half(values));
        }
        foreach (var name in parameters.Keys)
        {
            stored.Add(AveragePrefix + name, Half(average[name]));
        }
        AddFigures(stored);
        SafeTensorsFile.Write(destination, stored);
    }

    public void Restore(string file)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = SafeTensorsFile.Read(File.ReadAllBytes(file), file);
        try
        {
            foreach (var (key, values) in network.state_dict())
            {
                values.copy_(stored[Network + key]);
            }
            var compact = !stored.ContainsKey("optimizer.0");
            foreach (var name in parameters.Keys)
            {
                average[name].copy_(stored[AveragePrefix + name]);
                best[name].copy_(stored[(compact ? AveragePrefix : BestPrefix) + name]);
            }
            for (var index = 0; index < Optimizers.Count && !compact; index++)
            {
                using var reader = new BinaryReader(new MemoryStream(stored[$"optimizer.{index}"].bytes.ToArray()));
                Optimizers[index].Optimizer.load_state_dict(reader);
            }
            var steps = stored["steps"].data<long>().ToArray();
            var figures = stored["figures"].data<double>().ToArray();
            (Step, Restarted, lossCount) = ((int)steps[0], (int)(compact ? steps[0] : steps[1]), (int)steps[2]);
            (Seconds, lossSum) = (figures[0], figures[1]);
            var points = stored["curve"].data<double>().ToArray().Chunk(5).Select(point => new TrainingPoint((int)point[0], point[1], point[2], point[3], point[4])).ToList();
            // The best weights do not outlive a warm restart, so the next validation is the best again.
            Best = compact ? Worst : points[0];
            Curve.Clear();
            Curve.AddRange(points.Skip(1));
        }
        catch (KeyNotFoundException exception)
        {
            throw new InvalidModelException($"'{file}' is no checkpoint of this network: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        foreach (var (optimizer, _) in Optimizers)
        {
            optimizer.Dispose();
        }
        foreach (var values in average.Values.Concat(best.Values))
        {
            values.Dispose();
        }
    }

    private void Load(Dictionary<string, Tensor> source)
    {
        using var frozen = no_grad();
        foreach (var (name, values) in source)
        {
            using var scope = NewDisposeScope();
            parameters[name].copy_(values);
        }
    }

    private Dictionary<string, Tensor> Copy() =>
        parameters.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);

    private static Adam Create(IEnumerable<Parameter> parameters, TrainingRecipe recipe) => optim.Adam(parameters.ToList(), beta1: recipe.FirstDecay);

    private void AddFigures(Dictionary<string, Tensor> stored)
    {
        stored.Add("steps", tensor(new long[] { Step, Restarted, lossCount }));
        stored.Add("figures", tensor(new[] { Seconds, lossSum }));
        double[] points = [.. Curve.Prepend(Best).SelectMany(point => new[] { point.Step, point.Loss, point.Objective, point.Nmse, point.Bits })];
        stored.Add("curve", tensor(points, [Curve.Count + 1, 5]));
    }

    private static Tensor Half(Tensor values) => values.dim() > 1 && values.dtype == ScalarType.Float32 ? values.to(ScalarType.Float16) : values;

    private static Tensor Bytes(Adam optimizer)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return tensor(buffer.ToArray());
    }
}
