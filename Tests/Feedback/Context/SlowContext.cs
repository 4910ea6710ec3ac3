using Feedback.Fitting;
using Simulator;

namespace Tests.Feedback.Context;

/// <summary>What <c>context-transform</c> sends, from its description: every expectation summed afresh over all that was sent before.</summary>
internal sealed class SlowContext(FittedTables model, CsiDimensions dimensions, int step)
{
    private const int Steps = 16;
    private const int Expectations = 40;
    private const int Seconds = 14;
    private const int Signs = 16;

    // Levels that were sent, by delay, receive antenna, port and part.
    private readonly Dictionary<(int Delay, int Antenna, int Port, int Part), int> sent = [];
    private readonly int[] features = model.Integers("context.weights");
    private readonly int[] signed = model.Integers("context.signed");
    private readonly int[] priors = model.Integers("context.priors");
    private readonly int[] signTables = model.Integers("context.signs");
    private readonly int[] lengths = model.Integers("context.lengths");
    private readonly int[] frequencies = model.Integers("context.frequencies");

    private AntennaArray Array => dimensions.Array;

    private int Panel => Array.First * Array.Second;

    /// <summary>-Σ log2 p of a crop's levels [bit].</summary>
    public double Bits(float[] crop)
    {
        var (bits, width) = (0.0, 32 * Math.Pow(2, -0.5 * step));
        for (var i = 0; i < crop.Length; i++)
        {
            var (bin, part) = (i / 2, i % 2);
            var (delay, antenna, port) = (bin / (Array.Ports * dimensions.ReceiveAntennas), bin / Array.Ports % dimensions.ReceiveAntennas, bin % Array.Ports);
            var magnitude = (int)(Math.Abs(crop[i]) / width + 1.0 / 3);
            var mean = Mean(delay, antenna, port, part);
            // What a delay has held so far is counted in whole bins.
            var activity = Activity(delay) - (part == 1 ? Math.Abs(sent[(delay, antenna, port, 0)]) : 0);
            bits += MagnitudeBits(Context(Expected(delay, antenna, port, part, mean), mean, activity), magnitude);
            if (magnitude > 0)
            {
                var agreeing = signTables[step * Signs + HalfOctave(Math.Abs(mean), 7, Signs)];
                bits -= Math.Log2(crop[i] < 0 == mean < 0 ? agreeing / 65536.0 : 1 - agreeing / 65536.0);
            }
            sent[(delay, antenna, port, part)] = crop[i] < 0 ? -magnitude : magnitude;
        }
        return bits;
    }

    // Nine sums of magnitudes near by, what came before at this angle, the whole delay before, the expected sign, the real part.
    private long Expected(int delay, int antenna, int port, int part, long mean)
    {
        var (otherAntenna, otherPort) = port >= Panel ? (antenna, port - Panel) : (antenna - 1, port);
        int[] values =
        [
            16 * Ring(delay, antenna, port, 1),
            16 * Ring(delay, antenna, port, 2),
            16 * (Magnitude(delay - 1, antenna, port) + Magnitude(delay - 2, antenna, port)),
            16 * Ring(delay - 1, antenna, port, 1),
            16 * Ring(delay - 1, antenna, port, 2),
            16 * Ring(delay - 2, antenna, port, 1),
            16 * (Magnitude(delay, antenna - 1, port) + Magnitude(delay, antenna, port - Panel)),
            16 * Ring(delay, otherAntenna, otherPort, 1),
            16 * Ring(delay, otherAntenna, otherPort, 2),
            Enumerable.Range(0, delay).Aggregate(0, (sum, earlier) => 3 * sum / 4 + 16 * Magnitude(earlier, antenna, port)),
            16 * Activity(delay - 1),
            (int)(Math.Abs(mean) / 256),
            part == 1 ? 16 * Math.Abs(sent[(delay, antenna, port, 0)]) : 0,
        ];
        long expected = priors[(2 * step + part) * (priors.Length / (2 * Steps)) + delay * Array.Ports + port];
        for (var feature = 0; feature < values.Length; feature++)
            expected += (long)features[(2 * step + part) * values.Length + feature] * values[feature];
        return expected;
    }

    // Signed levels of the same part, one and two angles away, in the delays before, and one angle away in the delay before.
    private long Mean(int delay, int antenna, int port, int part)
    {
        List<(int Delay, int Port)> places =
        [
            .. Neighbours(port, 1).Select(near => (delay, near)), .. Neighbours(port, 2).Select(near => (delay, near)),
            (delay - 1, port), (delay - 2, port), (-1, 0), (-1, 0),
            .. Neighbours(port, 1).Select(near => (delay - 1, near)),
        ];
        return places.Select((place, number) => (long)signed[step * places.Count + number] * sent.GetValueOrDefault((place.Delay, antenna, place.Port, part))).Sum();
    }

    private int Context(long expected, long mean, int activity)
    {
        var sure = HalfOctave(Math.Abs(mean), 9, 9);
        var second = sure > 0 ? 5 + sure : Math.Min((int)Math.Floor(Math.Log2(activity + 1)), 5);
        return (step / 4 * Expectations + HalfOctave(expected, 2, Expectations)) * Seconds + second;
    }

    private double MagnitudeBits(int row, int magnitude)
    {
        var table = frequencies.AsSpan(lengths.Take(row).Sum(), lengths[row]);
        var escape = table.Length - 1;
        var bits = -Math.Log2(table[Math.Min(magnitude, escape)] / 65536.0);
        return magnitude < escape ? bits : bits + 4 + Math.Floor(Math.Log2(magnitude - escape + 1));
    }

    private int Magnitude(int delay, int antenna, int port) =>
        Math.Abs(sent.GetValueOrDefault((delay, antenna, port, 0))) + Math.Abs(sent.GetValueOrDefault((delay, antenna, port, 1)));

    private int Ring(int delay, int antenna, int port, int distance) => Neighbours(port, distance).Where(near => near >= 0).Sum(near => Magnitude(delay, antenna, near));

    private int Activity(int delay) => sent.Where(pair => pair.Key.Delay == delay).Sum(pair => Math.Abs(pair.Value));

    // Both sides along the first axis, then along the second, circular; -1 for axes too short to have them.
    private IEnumerable<int> Neighbours(int port, int distance)
    {
        var (start, first, second) = (port / Panel * Panel, port % Panel / Array.Second, port % Array.Second);
        int At(int along, int across) => start + (along + Array.First) % Array.First * Array.Second + (across + Array.Second) % Array.Second;
        List<int> found = [];
        if (Array.First > 2 * distance)
            found.AddRange([At(first - distance, second), At(first + distance, second)]);
        if (Array.Second > 2 * distance)
            found.AddRange([At(first, second - distance), At(first, second + distance)]);
        return [.. found, .. Enumerable.Repeat(-1, 4 - found.Count)];
    }

    // Numbers half octaves from 2^first on.
    private static int HalfOctave(long value, int first, int count)
    {
        var octave = (int)Math.Floor(Math.Log2(value + 1));
        return octave < first ? 0 : Math.Min(2 * (octave - first) + (value + 1 >= 1.5 * Math.Pow(2, octave) ? 1 : 0), count - 1);
    }
}
