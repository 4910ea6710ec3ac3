using Feedback.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Feedback.Neural;

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

    public TrainingState(nn.Module network, TrainingRecipe recipe)
    {
        this.network = network;
        parameters = network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        average = Copy();
        best = Copy();
        Optimizers =
        [
            (Create(parameters.Values.Where(parameter => parameter.dim() == 2)), recipe.DenseRate),
            (Create(parameters.Values.Where(parameter => parameter.dim() != 2)), 1),
        ];
    }

    public IReadOnlyList<(Adam Optimizer, double Rate)> Optimizers { get; }

    public IEnumerable<Parameter> Parameters => parameters.Values;

    public int Step { get; set; }

    public int BestStep { get; set; }

    public double BestNmse { get; set; } = double.PositiveInfinity;

    public double Seconds { get; set; }

    public List<(int Step, double Loss, double Nmse)> Curve { get; } = [];

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
    public double WithAverage(Func<double> evaluate)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var current = parameters.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone(), StringComparer.Ordinal);
        Load(average);
        var value = evaluate();
        Load(current);
        return value;
    }

    public void KeepBest()
    {
        using var frozen = no_grad();
        foreach (var (name, values) in best)
        {
            values.copy_(average[name]);
        }
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
        stored.Add("steps", tensor(new long[] { Step, BestStep }));
        stored.Add("figures", tensor(new[] { BestNmse, Seconds }));
        stored.Add("curve", tensor(Curve.SelectMany(point => new[] { point.Step, point.Loss, point.Nmse }).ToArray(), [Curve.Count, 3]));
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
            foreach (var name in parameters.Keys)
            {
                average[name].copy_(stored[AveragePrefix + name]);
                best[name].copy_(stored[BestPrefix + name]);
            }
            for (var index = 0; index < Optimizers.Count; index++)
            {
                using var reader = new BinaryReader(new MemoryStream(stored[$"optimizer.{index}"].bytes.ToArray()));
                Optimizers[index].Optimizer.load_state_dict(reader);
            }
            (Step, BestStep) = ((int)stored["steps"][0].item<long>(), (int)stored["steps"][1].item<long>());
            (BestNmse, Seconds) = (stored["figures"][0].item<double>(), stored["figures"][1].item<double>());
            Curve.Clear();
            Curve.AddRange(stored["curve"].data<double>().ToArray().Chunk(3).Select(point => ((int)point[0], point[1], point[2])));
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

    private static Adam Create(IEnumerable<Parameter> parameters) => optim.Adam(parameters.ToList());

    private static Tensor Bytes(Adam optimizer)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return tensor(buffer.ToArray());
    }
}
