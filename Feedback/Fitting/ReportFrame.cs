using Feedback.Coding;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>What every fitted scheme does around its codec: alignment of delays, crop, scale.</summary>
/// <remarks>
/// <code>
/// H ─► [delays aligned] ─► angular-delay crop ─► scale symbol │ [delay symbol] │ crop / scale ─► codec
/// </code>
/// Scales are an eighth of an octave apart and coded under learned probabilities: next to nothing where channels are normalised, some 20
/// bits where a scale was never seen. A crop that is hardly too large for a scale of much greater probability takes it: noise on a normalised channel
/// would else cost the bits of a scale that training did not see.
/// </remarks>
public sealed class ReportFrame
{
    /// <summary>The scale number of a channel of zeros, which ends a message.</summary>
    public const int Silent = int.MinValue;

    private const string ArrayKey = "frame.array";
    private const string DelaysKey = "frame.delays";
    private const string ScalesKey = "frame.scales";
    private const string ShiftsKey = "frame.shifts";
    private const int Octave = 8;
    private const int Largest = 1023;
    private const int Usual = 16;
    private const double Slack = 0.2;
    private const int Likelier = 8;
    private readonly AngularDelayTransform transform;
    private readonly CsiDimensions dimensions;
    private readonly DelayAlignment? alignment;
    private readonly FrequencyTable scales;
    private readonly FrequencyTable? shifts;
    private readonly double unit;

    /// <summary>Takes the frame out of a model.</summary>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="tables">The model.</param>
    /// <exception cref="InvalidModelException">The model is for other dimensions.</exception>
    public ReportFrame(CsiDimensions dimensions, FittedTables tables)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(tables);
        var (array, delays) = (tables.Integers(ArrayKey), tables.Integers(DelaysKey)[0]);
        var made = new AntennaArray(array[0], array[1], array[2]);
        if (made != dimensions.Array || dimensions.Subcarriers < delays)
        {
            throw new InvalidModelException(FormattableString.Invariant(
                $"The model '{tables.Name}' is for an array of {Text(made)} and at least {delays} subcarriers; the scenario has {Text(dimensions.Array)} and {dimensions.Subcarriers}."));
        }
        this.dimensions = dimensions;
        transform = new AngularDelayTransform(dimensions.Array, dimensions.Subcarriers, delays);
        scales = new FrequencyTable(tables.Integers(ScalesKey));
        // The root mean square of a crop that holds the whole energy of a channel of mean power 1.
        unit = Math.Sqrt(dimensions.Subcarriers / (2.0 * delays));
        if (!tables.Has(ShiftsKey))
            return;
        alignment = new DelayAlignment(transform);
        shifts = new FrequencyTable(tables.Integers(ShiftsKey));
    }

    /// <summary>D, delay rows kept.</summary>
    public int Delays => transform.Delays;

    /// <summary>2·D·R·A, real values of a crop.</summary>
    public int Values => 2 * Delays * dimensions.ReceiveAntennas * dimensions.TransmitAntennas;

    /// <summary>Learns scales and delays.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <param name="delays">D, delay rows kept.</param>
    /// <param name="align">Whether delays are aligned.</param>
    /// <param name="channels">Portions of channels, complex64 <c>[n, S, R, A]</c>; borrowed.</param>
    /// <returns>The tables of the frame.</returns>
    public static FittedTables Fit(string name, CsiDimensions dimensions, int delays, bool align, IEnumerable<Tensor> channels)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(channels);
        var array = dimensions.Array;
        var tables = new FittedTables(name)
            .With(ArrayKey, [array.First, array.Second, array.Polarisations])
            .With(DelaysKey, [delays])
            .With(ScalesKey, Frequencies(Enumerable.Repeat(1.0, 2 * Usual + 3)));
        if (align)
            tables = tables.With(ShiftsKey, Frequencies(Enumerable.Repeat(1.0, DelayAlignment.Fractions * delays)));
        var frame = new ReportFrame(dimensions, tables);
        // A scale or delay that was not seen may come all the same.
        var seen = Enumerable.Repeat(0.25, 2 * Usual + 3).ToArray();
        var moved = Enumerable.Repeat(0.25, frame.shifts?.Count ?? 1).ToArray();
        foreach (var portion in channels)
        {
            var reports = frame.Take(portion);
            foreach (var scale in reports.Scales)
                seen[Symbol(scale)]++;
            foreach (var shift in reports.Shifts)
                moved[shift]++;
        }
        tables = tables.With(ScalesKey, Frequencies(seen));
        return align ? tables.With(ShiftsKey, Frequencies(moved)) : tables;
    }

    /// <summary>Terminal side: takes scale and delay out of channels.</summary>
    /// <param name="channel">H, complex64 <c>[N, S, R, A]</c>.</param>
    /// <returns>The reports.</returns>
    /// <exception cref="ArgumentException">An entry is not finite.</exception>
    public FramedReports Take(Tensor channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        using var scope = NewDisposeScope();
        var (crop, found) = alignment is null ? (transform.Crop(channel), null) : alignment.Crop(channel);
        var values = view_as_real(crop).cpu().contiguous().data<float>().ToArray();
        TerminalView.Peaks(view_as_real(crop));
        var reports = new FramedReports(values, new int[channel.shape[0]], found?.cpu().data<long>().Select(shift => (int)shift).ToArray() ?? []);
        for (var n = 0; n < reports.Count; n++)
            reports.Scales[n] = Normalise(values.AsSpan(n * Values, Values));
        return reports;
    }

    /// <summary>Codes scale and delay of a report.</summary>
    /// <param name="target">Where the symbols go.</param>
    /// <param name="reports">The reports.</param>
    /// <param name="report">Which one.</param>
    /// <returns>Whether a crop follows; none does for a channel of zeros.</returns>
    public bool Write(ISymbolWriter target, FramedReports reports, int report)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(reports);
        var scale = reports.Scales[report];
        var symbol = Symbol(scale);
        target.Encode(scales, symbol);
        if (symbol == scales.Count - 1)
            target.EncodeUniform((uint)(scale + Largest), 11);
        if (scale != Silent && shifts is not null)
            target.Encode(shifts, reports.Shifts[report]);
        return scale != Silent;
    }

    /// <summary>Decodes scale and delay of a report.</summary>
    /// <param name="source">Where the symbols come from.</param>
    /// <returns>Scale, 0 if no crop follows, and delay.</returns>
    /// <exception cref="InvalidMessageException">No encoder can have sent this.</exception>
    public (float Scale, int Shift) Read(ArithmeticDecoder source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var symbol = source.Decode(scales);
        if (symbol == 0)
            return (0, 0);
        var scale = symbol == scales.Count - 1 ? (int)source.DecodeUniform(11) - Largest : symbol - 1 - Usual;
        if (scale > Largest)
            throw new InvalidMessageException(FormattableString.Invariant($"The field 'scale' is {scale}; permitted is {-Largest} … {Largest}."));
        return (Level(scale), shifts is null ? 0 : source.Decode(shifts));
    }

    /// <summary>Base-station side: gives crops their scales and delays back.</summary>
    /// <param name="values">Values relative to the scales, N x 2·D·R·A.</param>
    /// <param name="scale">Their scales, N.</param>
    /// <param name="shift">Their delays, N.</param>
    /// <returns>Ĥ, complex64 <c>[N, S, R, A]</c>.</returns>
    public Tensor Restore(float[] values, float[] scale, int[] shift)
    {
        ArgumentNullException.ThrowIfNull(scale);
        using var scope = NewDisposeScope();
        var crop = view_as_complex(tensor(values, [scale.Length, Delays, dimensions.ReceiveAntennas, dimensions.TransmitAntennas, 2]));
        var scaled = crop * tensor(scale, [scale.Length, 1, 1, 1]);                             // [N, D, R, A]
        return Realign(transform.Restore(scaled), shift).MoveToOuterDisposeScope();
    }

    /// <summary>Base-station side: gives channels that were rebuilt on all subcarriers their delays back.</summary>
    /// <param name="channel">Ĥ, delays as they were moved, complex64 <c>[N, S, R, A]</c>.</param>
    /// <param name="shift">Their delays, N.</param>
    /// <returns>Ĥ, complex64 <c>[N, S, R, A]</c>.</returns>
    public Tensor Realign(Tensor channel, int[] shift)
    {
        ArgumentNullException.ThrowIfNull(channel);
        using var scope = NewDisposeScope();
        return (alignment is null ? channel.alias() : alignment.Move(channel, tensor(shift).to(ScalarType.Int64), back: true)).MoveToOuterDisposeScope();
    }

    // Divides by the smallest scale that is not below the root mean square, or by the one below if that is as good and much likelier.
    private int Normalise(Span<float> values)
    {
        var energy = 0.0;
        foreach (var value in values)
            energy += (double)value * value;
        if (energy == 0)
            return Silent;
        var exact = Octave * Math.Log2(Math.Sqrt(energy / values.Length) / unit);
        var scale = (int)Math.Clamp(Math.Ceiling(exact), -Largest, Largest);
        if (exact < scale - 1 + Slack && scale > -Largest && scales.Of(Symbol(scale - 1)) >= Likelier * scales.Of(Symbol(scale)))
            scale--;
        var level = (double)Level(scale);
        foreach (ref var value in values)
            value = (float)(value / level);
        return scale;
    }

    /// <summary>The scale of a number.</summary>
    internal float Level(int scale) => (float)Math.Min(unit * Math.Pow(2, scale / (double)Octave), 7.9228163e28);

    private static int Symbol(int scale) => scale == Silent ? 0 : Math.Abs(scale) <= Usual ? scale + Usual + 1 : 2 * Usual + 2;

    private static int[] Frequencies(IEnumerable<double> weights)
    {
        var table = FrequencyTable.FromWeights([.. weights]);
        return [.. Enumerable.Range(0, table.Count).Select(symbol => (int)table.Of(symbol))];
    }

    private static string Text(AntennaArray array) => FormattableString.Invariant($"{array.First} x {array.Second} elements with {array.Polarisations} polarisation(s)");
}
