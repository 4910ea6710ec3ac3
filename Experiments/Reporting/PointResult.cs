namespace Experiments.Reporting;

/// <summary>One finished point of an experiment: a row of <c>results.csv</c>. NaN means "not defined".</summary>
public sealed record PointResult
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The feedback block's name: the label of a curve.</summary>
    public required string Scheme { get; init; }

    /// <summary>The swept options of the operating point, e.g. <c>taps=8</c>; empty if nothing is swept.</summary>
    public string Setting { get; init; } = "";

    /// <summary>U, users of a drop.</summary>
    public required int Users { get; init; }

    /// <summary>The precoder's catalogue name.</summary>
    public required string Precoder { get; init; }

    /// <summary>SNR before array gain [dB].</summary>
    public required double SnrDecibels { get; init; }

    /// <summary>Number of drops.</summary>
    public required int Drops { get; init; }

    /// <summary>Mean delivered bits a report.</summary>
    public double BitsMean { get; init; } = double.NaN;

    /// <summary>Fewest delivered bits of a report.</summary>
    public double BitsMinimum { get; init; } = double.NaN;

    /// <summary>Most delivered bits of a report.</summary>
    public double BitsMaximum { get; init; } = double.NaN;

    /// <summary>Normalised mean square error on all subcarriers [dB].</summary>
    public Estimate NmseDecibels { get; init; } = Estimate.Undefined;

    /// <summary>Normalised mean square error on the angular-delay crop [dB].</summary>
    public Estimate NmseCropDecibels { get; init; } = Estimate.Undefined;

    /// <summary>ρ, cosine similarity per subcarrier, 0 to 1.</summary>
    public Estimate Rho { get; init; } = Estimate.Undefined;

    /// <summary>Squared generalised cosine similarity per subband, 0 to 1.</summary>
    public Estimate Sgcs { get; init; } = Estimate.Undefined;

    /// <summary>Spectral efficiency, the sum over users [bit/s/Hz].</summary>
    public Estimate SpectralEfficiency { get; init; } = Estimate.Undefined;

    /// <summary>Spectral efficiency of the same precoder with perfect CSI [bit/s/Hz].</summary>
    public double PerfectSpectralEfficiency { get; init; } = double.NaN;

    /// <summary>Spectral efficiency less what feedback takes from the uplink [bit/s/Hz].</summary>
    public double NetSpectralEfficiency { get; init; } = double.NaN;

    /// <summary>5 % quantile of the users' spectral efficiency [bit/s/Hz].</summary>
    public double UserQuantile { get; init; } = double.NaN;

    /// <summary>The estimator as written in results, e.g. <c>perfect</c>.</summary>
    public string Estimator { get; init; } = "perfect";

    /// <summary>Why the point failed; empty if it did not.</summary>
    public string Error { get; init; } = "";

    /// <summary>Further numbers by column name, e.g. <c>pmi_bits</c>; written behind the columns that all points have.</summary>
    public IReadOnlyDictionary<string, double> Further { get; init; } = new Dictionary<string, double>();
}
