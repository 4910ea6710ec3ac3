using Simulator;
using static TorchSharp.torch;

namespace Channels;

/// <summary>The two array layouts of the public data of CsiNet [CsiNet], and how they come from and lead to channels.</summary>
/// <remarks>
/// <c>HT</c> holds a row of 2·A·32 real numbers a sample, axes [real/imaginary][angle][delay], the crop G stored as 0.5 + scale·G in [0, 1].
/// <c>HF_all</c> holds A·125 complex numbers, axes [angle][subcarrier]: the first 125 of 257 points of the forward DFT of scale·G along
/// delay; the antennas stay in the angular domain. 257 points lie 78.125 kHz apart, so that a delay row is 49.8 ns.
/// </remarks>
public static class CsiNetLayout
{
    /// <summary>D, delay rows of a crop.</summary>
    public const int Delays = 32;

    /// <summary>Points of the DFT along delay.</summary>
    public const int Points = 257;

    /// <summary>Subcarriers that <c>HF_all</c> keeps, the first of all points.</summary>
    public const int Subcarriers = 125;

    /// <summary>The number that stands for zero in <c>HT</c>.</summary>
    public const double Middle = 0.5;

    /// <summary>The variable of crops.</summary>
    public const string CropVariable = "HT";

    /// <summary>The variable of frequency responses.</summary>
    public const string FrequencyVariable = "HF_all";

    /// <summary>Writes crops as rows of <c>HT</c>.</summary>
    /// <param name="crops">G, complex64 <c>[N, D, A]</c>.</param>
    /// <param name="scale">What G is multiplied by; at most 0.5 over the largest real or imaginary part.</param>
    /// <returns>Rows, float32 <c>[N, 2·A·D]</c>.</returns>
    public static Tensor ToRows(Tensor crops, double scale)
    {
        using var scope = NewDisposeScope();
        var parts = view_as_real(crops.contiguous()).permute(0, 3, 2, 1);          // [N, 2, A, D]
        return (parts * scale + Middle).contiguous().flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>Reads crops from rows of <c>HT</c>: the inverse of <see cref="ToRows"/> with scale 1.</summary>
    /// <param name="rows">Rows, float32 <c>[N, 2·A·D]</c>.</param>
    /// <param name="antennas">A, number of transmit antennas.</param>
    /// <returns>Scaled G, complex64 <c>[N, D, A]</c>.</returns>
    public static Tensor FromRows(Tensor rows, int antennas)
    {
        using var scope = NewDisposeScope();
        var parts = (rows - Middle).reshape(rows.shape[0], 2, antennas, Delays).permute(0, 3, 2, 1);   // [N, D, A, 2]
        return view_as_complex(parts.contiguous()).MoveToOuterDisposeScope();
    }

    /// <summary>Writes crops as rows of <c>HF_all</c>.</summary>
    /// <param name="crops">G, complex64 <c>[N, D, A]</c>.</param>
    /// <param name="scale">What G is multiplied by.</param>
    /// <returns>Rows, complex64 <c>[N, A·125]</c>.</returns>
    public static Tensor ToFrequencyRows(Tensor crops, double scale)
    {
        using var scope = NewDisposeScope();
        var points = fft.fft_(crops * scale, n: Points, dim: 1);                    // [N, 257, A]
        return points.narrow(1, 0, Subcarriers).transpose(1, 2).contiguous().flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>The channel on all 257 subcarriers that a row of <c>HT</c> stands for, every delay beyond the crop being zero.</summary>
    /// <param name="rows">Rows of <c>HT</c>, float32 <c>[N, 2·A·D]</c>.</param>
    /// <param name="array">The transmit array.</param>
    /// <returns>H, complex64 <c>[N, S, R, A]</c> with S = 257 and R = 1.</returns>
    public static Tensor ToChannels(Tensor rows, AntennaArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        using var scope = NewDisposeScope();
        var crops = FromRows(rows, array.Ports).unsqueeze(2);                       // [N, D, R, A]
        return new AngularDelayTransform(array, Points, Delays).Restore(crops).MoveToOuterDisposeScope();
    }

    /// <summary>The channel on the 125 subcarriers of a row of <c>HF_all</c>, in the scale of <see cref="ToChannels"/>.</summary>
    /// <param name="rows">Rows of <c>HF_all</c>, complex64 <c>[N, A·125]</c>.</param>
    /// <param name="array">The transmit array.</param>
    /// <returns>H, complex64 <c>[N, S, R, A]</c> with S = 125 and R = 1.</returns>
    public static Tensor FrequencyToChannels(Tensor rows, AntennaArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        using var scope = NewDisposeScope();
        var angular = rows.reshape(rows.shape[0], array.Ports, Subcarriers).transpose(1, 2).unsqueeze(2);   // [N, S, R, A]
        return (array.FromAngular(angular.contiguous()) / Math.Sqrt(Points)).MoveToOuterDisposeScope();
    }
}
