namespace Simulator.Metrics;

/// <summary>Spectral efficiency of the downlink less what its feedback takes of an uplink of the same bandwidth.</summary>
public static class NetSpectralEfficiency
{
    /// <summary>SE·(1 - U·b̄/(η·B·T)); negative if the reports would need more than all of the uplink.</summary>
    /// <param name="spectralEfficiency">SE [bit/s/Hz], the sum over users.</param>
    /// <param name="users">U, users that report, at least 1.</param>
    /// <param name="meanBits">b̄, mean delivered bits of a report, at least 0.</param>
    /// <param name="uplinkEfficiency">η, spectral efficiency of the uplink [bit/s/Hz], positive.</param>
    /// <param name="bandwidth">B, bandwidth [Hz], positive.</param>
    /// <param name="reportPeriod">T, time from one report to the next [s], positive.</param>
    /// <returns>The net spectral efficiency [bit/s/Hz].</returns>
    public static double Of(
        double spectralEfficiency, int users, double meanBits, double uplinkEfficiency, double bandwidth, double reportPeriod)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(meanBits);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(uplinkEfficiency);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bandwidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reportPeriod);
        return spectralEfficiency * (1 - users * meanBits / (uplinkEfficiency * bandwidth * reportPeriod));
    }
}
