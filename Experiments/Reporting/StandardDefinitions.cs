namespace Experiments.Reporting;

/// <summary>The definitions that all experiments share.</summary>
public static class StandardDefinitions
{
    /// <summary>Conventions first, then quantities in the order of the columns.</summary>
    public static IReadOnlyList<Definition> All { get; } =
    [
        new("Normalisation", "", "Each user's channel in a drop is scaled so that the mean of |h|² over all its entries is 1, unless the input says 'normalise: model', which keeps the path gain."),
        new("SNR", "snr_db", "Total transmit power is 1 per subcarrier over all streams and σ² = 1/SNR is the noise variance per receive antenna and subcarrier; the SNR is before array gain."),
        new("Drops", "drops", "Independent channel realisations behind a row; all schemes of a scenario see the same ones."),
        new("Bits", "bits_mean, bits_min, bits_max", "Feedback bits delivered per report: every field that the base station needs to decode it, counted in the message, never estimated."),
        new("NMSE", "nmse_db", "10 log₁₀ of the mean over drops of ‖H − Ĥ‖²/‖H‖² on all subcarriers; not defined for reports of precoders and for schemes that give up phase or norm."),
        new("Cropped NMSE", "nmse_crop_db", "The same on the unitary 32 × 32 angular-delay crop, the domain of CsiNet; energy outside the 32 delay rows is not seen by it."),
        new("Other conventions", "nmse_crop_db_of_sums, nmse_crop_db_per_200, nmse_crop_db_per_report", "The cropped NMSE as other papers average it: ratio of the sums over reports, mean of the decibels of batches of 200 reports, mean of the decibels of each report."),
        new("ρ", "rho", "|ĥᴴh|/(‖ĥ‖‖h‖) per subcarrier, averaged over subcarriers; with several receive antennas on the dominant right singular vector."),
        new("SGCS", "sgcs", "Squared cosine between reported and true principal eigenvector of the sum of HᴴH over a subband, averaged over subbands."),
        new("Spectral efficiency", "se, se_low, se_high", "Mean over subcarriers of log₂ det(I + Ω⁻¹HWWᴴHᴴ) [bit/s/Hz] with W designed from the report, H the true channel and Ω noise plus interference; with several users the sum over users. Low and high bound the 95 % confidence interval of the mean over drops."),
        new("Perfect CSI", "se_perfect", "Spectral efficiency of the same precoder designed from the true channel."),
        new("Net spectral efficiency", "net_se", "SE·(1 − U·b̄/(η·B·T)): U users pay b̄ bits a report on an uplink of efficiency η and bandwidth B every T seconds."),
        new("User quantile", "se_user_5pct", "Spectral efficiency that 95 % of the users of all drops exceed [bit/s/Hz]."),
    ];
}
