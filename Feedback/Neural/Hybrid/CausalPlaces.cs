namespace Feedback.Neural.Hybrid;

/// <summary>The bins around a bin that are coded before it: rows of delay come one after the other, each angle by angle, angles being circular.</summary>
internal sealed class CausalPlaces
{
    // Delays back, first and last angle.
    private static readonly (int Back, int First, int Last)[] Rows = [(0, -6, -1), (0, 1, 3), (1, -5, 5), (2, -3, 3), (3, -2, 2), (4, -1, 1), (5, 0, 0)];

    private readonly int[] places;

    public CausalPlaces(int delays, int antennas)
    {
        (Bins, places) = (delays * antennas, new int[delays * antennas * Count]);
        for (var bin = 0; bin < Bins; bin++)
        {
            var (delay, antenna) = (bin / antennas, bin % antennas);
            var next = bin * Count;
            foreach (var (back, first, last) in Rows)
            {
                for (var shift = first; shift <= last; shift++)
                {
                    var place = (delay - back) * antennas + ((antenna + shift) % antennas + antennas) % antennas;
                    // A narrow array must not see a bin twice.
                    places[next++] = place >= 0 && place < bin && 2 * Math.Abs(shift) <= antennas ? place : Bins;
                }
            }
        }
    }

    /// <summary>Number of places.</summary>
    public static int Count { get; } = Rows.Sum(row => row.Last - row.First + 1);

    /// <summary>D·A.</summary>
    public int Bins { get; }

    /// <summary>All places, bin after bin; <see cref="Bins"/> stands for one that holds nothing.</summary>
    public IReadOnlyList<int> All => places;

    /// <summary>The places of a bin.</summary>
    public ReadOnlySpan<int> Of(int bin) => places.AsSpan(bin * Count, Count);
}
