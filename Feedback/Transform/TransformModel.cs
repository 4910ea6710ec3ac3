using System.Globalization;
using System.Security.Cryptography;
using Feedback.Neural;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Transform;

/// <summary>What both sides of <see cref="TransformFeedback"/> know: a class for each bin, and for each step and class frequencies and levels.</summary>
public sealed class TransformModel
{
    /// <summary>Most levels with a frequency of their own; the symbol behind the last one is the escape.</summary>
    internal const int MostLevels = 64;

    private const string ClassesKey = "classes";
    private const string FrequenciesKey = "frequencies";
    private const string LevelsKey = "levels";
    private readonly string name;
    private readonly int[] classes;
    private readonly int[] frequencies;
    private readonly float[] levels;

    internal TransformModel(string name, int antennas, int[] classes, int[] frequencies, float[] levels)
    {
        this.name = name;
        Antennas = antennas;
        this.classes = classes;
        this.frequencies = frequencies;
        this.levels = levels;
        ClassCount = classes.Max() + 1;
        if (classes.Min() < 0 || frequencies.Length != levels.Length || frequencies.Length != DeadZone.Steps * ClassCount * (MostLevels + 1))
        {
            throw new ArgumentException("classes, frequencies and levels do not belong together.", nameof(classes));
        }
    }

    /// <summary>A, number of transmit antennas.</summary>
    public int Antennas { get; }

    /// <summary>D, number of delay rows.</summary>
    public int Delays => classes.Length / Antennas;

    /// <summary>Number of variance classes.</summary>
    public int ClassCount { get; }

    /// <summary>Reads a model from its file.</summary>
    /// <param name="file">The path; the card stands beside it.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">The model is missing, damaged or altered.</exception>
    public static TransformModel LoadFile(string file)
    {
        if (string.IsNullOrEmpty(file))
            throw new InvalidModelException("No model is named; write the key 'model', e.g. 'model: transform-indoor'.");
        if (!File.Exists(file))
            throw new InvalidModelException($"The model file '{file}' does not exist.");
        var card = FittedCard.Beside(file);
        if (card.Scheme != "transform")
            throw new InvalidModelException($"The model '{card.Name}' is for the scheme '{card.Scheme}'; permitted is transform.");
        var content = File.ReadAllBytes(file);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(content));
        return checksum == card.Sha256
            ? Read(content, file, card.Name)
            : throw new InvalidModelException($"The tables of the model '{card.Name}' in '{file}' have the checksum {checksum}, but its card says {card.Sha256}; the file was altered or is incomplete.");
    }

    /// <summary>Takes a model out of a file's content.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="name">The model's name.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidModelException">It is no such file.</exception>
    public static TransformModel Read(ReadOnlySpan<byte> content, string file, string name)
    {
        using var scope = NewDisposeScope();
        var stored = SafeTensorsFile.Read(content, file);
        try
        {
            var classes = stored[ClassesKey];
            return new TransformModel(
                name, (int)classes.shape[1], classes.data<int>().ToArray(), stored[FrequenciesKey].data<int>().ToArray(), stored[LevelsKey].data<float>().ToArray());
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new InvalidModelException($"'{file}' is no model of the scheme transform: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the model file.</summary>
    /// <param name="destination">Where; left open.</param>
    public void Write(Stream destination)
    {
        using var scope = NewDisposeScope();
        long[] shape = [DeadZone.Steps, ClassCount, MostLevels + 1];
        SafeTensorsFile.Write(destination, new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            [ClassesKey] = tensor(classes, [Delays, Antennas]),
            [FrequenciesKey] = tensor(frequencies, shape),
            [LevelsKey] = tensor(levels, shape),
        });
    }

    /// <summary>Refuses dimensions that the model was not fitted for.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <exception cref="InvalidModelException">The model is for other dimensions.</exception>
    public void ThrowIfOtherThan(CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.TransmitAntennas != Antennas || dimensions.Subcarriers < Delays)
        {
            throw new InvalidModelException(string.Create(
                CultureInfo.InvariantCulture,
                $"The model '{name}' is for {Antennas} transmit antennas and at least {Delays} subcarriers; the scenario has {dimensions.TransmitAntennas} and {dimensions.Subcarriers}."));
        }
    }

    /// <summary>The class of each bin of a report's crop.</summary>
    internal int[] ClassOf(int receiveAntennas) =>
    [
        .. Enumerable.Range(0, Delays * receiveAntennas * Antennas)
            .Select(bin => classes[bin / (receiveAntennas * Antennas) * Antennas + bin % Antennas]),
    ];

    /// <summary>The tables of one step, a class after the other.</summary>
    internal LevelTable[] Tables(int step) =>
    [
        .. Enumerable.Range(step * ClassCount, ClassCount).Select(row => row * (MostLevels + 1))
            .Select(first => new LevelTable(
                frequencies.AsSpan(first, MostLevels + 1).ToArray(), levels.AsSpan(first, MostLevels + 1).ToArray(), DeadZone.Width(step))),
    ];
}
