using Simulator;

namespace Feedback.Context;

/// <summary>Which bins, coded before a bin, stand near it in delay, angle, polarisation and receive antenna.</summary>
/// <remarks>
/// Bins come in order of delay, receive antenna, port. Angles are circular along both axes of the array, so that the last angle has the
/// first one beside it. Places without a bin point to one that is always zero.
/// </remarks>
internal sealed class Neighbourhood
{
    /// <summary>Sets of places whose magnitudes are summed.</summary>
    public const int Sets = 9;

    /// <summary>Places of a set.</summary>
    public const int Width = 4;

    /// <summary>Number of places, from the first on, whose signs say something too: sets 0 to 3.</summary>
    public const int SignedPlaces = 4 * Width;

    private readonly AntennaArray array;
    private readonly int receive;
    private readonly int[] places;

    public Neighbourhood(int delays, int receive, AntennaArray array)
    {
        (this.array, this.receive) = (array, receive);
        Row = receive * array.Ports;
        Bins = delays * Row;
        places = new int[Bins * Sets * Width];
        Array.Fill(places, Bins);
        for (var bin = 0; bin < Bins; bin++)
            Fill(bin, places.AsSpan(bin * Sets * Width, Sets * Width));
    }

    /// <summary>D·R·A, number of bins.</summary>
    public int Bins { get; }

    /// <summary>R·A, bins of a delay.</summary>
    public int Row { get; }

    /// <summary>
    /// The places of a bin, four a set: 0 one angle away, 1 two away, 2 one and two delays before, 3 one angle away a delay before,
    /// 4 two away a delay before, 5 one away two delays before, 6 other antennas at the same bin, 7 one angle away from it, 8 two away.
    /// </summary>
    public ReadOnlySpan<int> Of(int bin) => places.AsSpan(bin * Sets * Width, Sets * Width);

    private void Fill(int bin, Span<int> row)
    {
        var (delay, antenna, port) = (bin / Row, bin % Row / array.Ports, bin % array.Ports);
        Ring(row, 0, delay, antenna, port, 1);
        Ring(row, 1, delay, antenna, port, 2);
        Place(row, 2 * Width, delay - 1, antenna, port);
        Place(row, 2 * Width + 1, delay - 2, antenna, port);
        Ring(row, 3, delay - 1, antenna, port, 1);
        Ring(row, 4, delay - 1, antenna, port, 2);
        Ring(row, 5, delay - 2, antenna, port, 1);
        var panel = array.First * array.Second;
        Place(row, 6 * Width, delay, antenna - 1, port);
        Place(row, 6 * Width + 1, delay, antenna, port - panel);
        Ring(row, 7, delay, port >= panel ? antenna : antenna - 1, port >= panel ? port - panel : port, 1);
        Ring(row, 8, delay, port >= panel ? antenna : antenna - 1, port >= panel ? port - panel : port, 2);

        // Bins of the row under the present one come later and are no neighbours yet.
        for (var place = 0; place < row.Length; place++)
            row[place] = row[place] < bin ? row[place] : Bins;
    }

    private void Ring(Span<int> row, int set, int delay, int antenna, int port, int distance)
    {
        var panel = array.First * array.Second;
        var (first, second, start) = (port % panel / array.Second, port % array.Second, port / panel * panel);
        var next = set * Width;
        if (array.First > 2 * distance)
        {
            Place(row, next++, delay, antenna, start + (first + array.First - distance) % array.First * array.Second + second);
            Place(row, next++, delay, antenna, start + (first + distance) % array.First * array.Second + second);
        }
        if (array.Second > 2 * distance)
        {
            Place(row, next++, delay, antenna, start + first * array.Second + (second + array.Second - distance) % array.Second);
            Place(row, next, delay, antenna, start + first * array.Second + (second + distance) % array.Second);
        }
    }

    private void Place(Span<int> row, int place, int delay, int antenna, int port)
    {
        if (delay >= 0 && antenna >= 0 && port >= 0)
            row[place] = (delay * receive + antenna) * array.Ports + port;
    }
}
