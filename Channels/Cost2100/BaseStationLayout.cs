using System.Globalization;
using static TorchSharp.torch;

namespace Channels.Cost2100;

/// <summary>Where the base stations are, and whose links are drawn.</summary>
/// <param name="Positions">Positions [m]; empty for one at the origin.</param>
/// <param name="Chosen">Index of the one whose links are drawn.</param>
internal sealed record BaseStationLayout(IReadOnlyList<double[]> Positions, int Chosen)
{
    /// <summary>Number of base stations.</summary>
    public int Count => Math.Max(1, Positions.Count);

    /// <summary>Position of the one whose links are drawn [m]; null for the origin.</summary>
    public double[]? Position => Positions.Count == 0 ? null : Positions[Chosen];

    /// <summary>Positions of all base stations, for every drop.</summary>
    /// <param name="users">Positions of the users, float64 <c>[B, U, 2]</c>, for size and device.</param>
    /// <returns>Metres, float64 <c>[B, N, 2]</c>.</returns>
    public Tensor Centres(Tensor users) => Positions.Count == 0
        ? zeros_like(users.narrow(1, 0, 1))
        : tensor([.. Positions.SelectMany(position => position)], [1, Count, 2], device: users.device).expand(users.shape[0], -1, -1);

    /// <summary>The layout that options describe.</summary>
    /// <param name="options">Positions as text and the number of the one that is chosen.</param>
    /// <returns>The layout.</returns>
    public static BaseStationLayout Of(Cost2100Options options)
    {
        var positions = ParsePositions(options.BaseStations, nameof(Cost2100Options.BaseStations));
        var count = Math.Max(1, positions.Count);
        if (options.BaseStation < 1 || options.BaseStation > count)
            throw Refusal.Of(nameof(Cost2100Options.BaseStation), $"{options.BaseStation} is out of range; permitted: 1 to {count}, the number of base stations.");
        return new BaseStationLayout(positions, options.BaseStation - 1);
    }

    /// <summary>Reads positions.</summary>
    /// <param name="text">As <c>x y; x y</c> [m].</param>
    /// <param name="option">The option, for messages.</param>
    /// <returns>Pairs of coordinates.</returns>
    public static IReadOnlyList<double[]> ParsePositions(string text, string option)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var positions = new List<double[]>();
        foreach (var part in text.Split(';'))
        {
            var numbers = new List<double>();
            foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                    numbers.Add(number);
                else
                    throw new ArgumentException($"'{word}' is not a number; positions are written like '10 5; -3 2', metres x and y of each.", option);
            }
            if (numbers.Count != 2)
                throw new ArgumentException($"'{part.Trim()}' has {numbers.Count} numbers; positions are written like '10 5; -3 2', metres x and y of each.", option);
            positions.Add([.. numbers]);
        }
        return positions;
    }
}
