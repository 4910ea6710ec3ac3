using System.Globalization;

namespace Channels.Cost2100;

/// <summary>The ranges in which the numbers of a scenario have a meaning.</summary>
internal static class ScenarioRules
{
    /// <summary>Checks a scenario.</summary>
    /// <param name="scenario">What was read.</param>
    /// <returns>A sentence for every rule that it breaks.</returns>
    public static IReadOnlyList<string> Broken(Cost2100Scenario scenario)
    {
        var broken = new List<string>();
        void Within(string key, double value, double least, double most, bool open = false)
        {
            if (!(double.IsFinite(value) && value <= most && (open ? value > least : value >= least)))
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; permitted: {(open ? $"above {least}" : $"{least} or more")}{(double.IsFinite(most) ? $" and at most {most}" : "")}."));
        }
        void Positive(string key, double value) => Within(key, value, 0, double.PositiveInfinity, open: true);
        void Least(string key, double value) => Within(key, value, 0, double.PositiveInfinity);
        void Pair(string key, IReadOnlyList<double> values, double least, bool ordered)
        {
            if (values.Count != 2)
                broken.Add($"{key} has {values.Count} numbers; permitted: 2.");
            else if (ordered && !(values[0] >= least && values[1] >= values[0] && values[1] > 0))
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {values[0]} to {values[1]}; permitted: two rising numbers, {least} or more."));
            else if (!ordered)
                Least($"{key}, its standard deviation,", values[1]);
        }
        void Spread(string key, LogNormalParameter? parameter, double most)
        {
            if (parameter is null)
                return;
            if (parameter.Median is null == parameter.Mean is null)
                broken.Add($"{key} has {(parameter.Mean is null ? "neither" : "both")} a median and a mean; permitted: median with sigmaDecibels, or mean with deviation.");
            Within(key, parameter.Median ?? parameter.Mean ?? 0, 0, most, open: parameter.Mean is not null);
            Least($"{key}, its spread,", Math.Min(parameter.SigmaDecibels, parameter.Deviation));
        }

        Positive("carrierFrequency", scenario.CarrierFrequency);
        Pair("carrierRange", scenario.CarrierRange, 0, ordered: true);
        if (scenario.CarrierRange.Count == 2)
            Within("carrierFrequency", scenario.CarrierFrequency, scenario.CarrierRange[0], scenario.CarrierRange[1]);
        Least("pathLossPerDecadeDecibels", scenario.PathLossPerDecadeDecibels);
        Positive("cellRadius", scenario.CellRadius);
        Positive("areaSide", scenario.AreaSide);
        Positive("visibilityRadius", scenario.VisibilityRadius);
        Within("transitionWidth", scenario.TransitionWidth, 0, scenario.VisibilityRadius * 0.999, open: true);
        Least("decayRate", scenario.DecayRate);
        Least("cutOffDelay", scenario.CutOffDelay);
        Least("correctedCutOffDelay", scenario.CorrectedCutOffDelay ?? 0);
        Within("visibleClusters", scenario.VisibleClusters, 0, 1000, open: true);
        Within("sharedRegions", scenario.SharedRegions, 0, 100);
        Within("singleBounceShare", scenario.SingleBounceShare, 0, 1);
        Within("components", scenario.Components, 1, 100_000);
        Least("shadowingDecibels", scenario.ShadowingDecibels);
        Spread("gainRadius", scenario.GainRadius, double.PositiveInfinity);
        Spread("delaySpread", scenario.DelaySpread, double.PositiveInfinity);
        Spread("departureElevationDegrees", scenario.DepartureElevationDegrees, 179);
        Spread("correctedDepartureElevationDegrees", scenario.CorrectedDepartureElevationDegrees, 179);
        Spread("departureAzimuthDegrees", scenario.DepartureAzimuthDegrees, 179);
        Spread("arrivalElevationDegrees", scenario.ArrivalElevationDegrees, 179);
        Spread("arrivalAzimuthDegrees", scenario.ArrivalAzimuthDegrees, 179);
        Pair("clusterAzimuthDegrees", scenario.ClusterAzimuthDegrees, 0, ordered: false);
        Pair("clusterElevationDegrees", scenario.ClusterElevationDegrees, 0, ordered: false);
        Pair("clusterDistance", scenario.ClusterDistance, 0, ordered: true);
        Pair("verticalDiscriminationDecibels", scenario.VerticalDiscriminationDecibels, 0, ordered: false);
        Pair("horizontalDiscriminationDecibels", scenario.HorizontalDiscriminationDecibels, 0, ordered: false);
        Pair("copolarRatioDecibels", scenario.CopolarRatioDecibels, 0, ordered: false);
        if (scenario.LinkDelay.Count != 2 || scenario.LinkDelay.Any(delay => !(delay >= 0)))
            broken.Add("linkDelay is a mean and a minimum, both 0 or more.");
        if (scenario.BaseStationShares.Any(share => !(share >= 0)) || scenario.BaseStationShares.Sum() > 1 + 1e-9)
            broken.Add("baseStationShares are 0 or more and sum to 1 at most.");
        if (ClusterSpreads.Complaint(scenario.Correlations) is { } complaint)
            broken.Add(complaint);
        if (scenario.LineOfSight is { } direct)
        {
            Positive("lineOfSight.cutOffDistance", direct.CutOffDistance);
            Within("lineOfSight.visibilityRadius", direct.VisibilityRadius, 0, direct.CutOffDistance);
            Within("lineOfSight.transitionWidth", direct.TransitionWidth, 0, direct.VisibilityRadius);
            Least("lineOfSight.ricianDeviationDecibels", direct.RicianDeviationDecibels);
        }
        if (scenario.BaseStationRegions is { } regions)
        {
            Positive("baseStationRegions.meanLength", regions.MeanLength);
            Least("baseStationRegions.slopeDecibels", regions.SlopeDecibels);
            Least("baseStationRegions.clustersPerMetre", regions.ClustersPerMetre);
            if (!scenario.SphericalWaves)
                broken.Add("sphericalWaves is false; with baseStationRegions it is true.");
            if (scenario.SharedRegions > 0)
                broken.Add("sharedRegions is above 0; with baseStationRegions it is 0.");
        }
        return broken;
    }
}
