using System.Globalization;

namespace Experiments.Reporting;

/// <summary>What the points of one figure have in common.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Users">U, users of a drop.</param>
/// <param name="Precoder">The precoder's name.</param>
/// <param name="SnrDecibels">SNR before array gain [dB].</param>
/// <param name="Estimator">The estimator as written in results.</param>
public sealed record FigureGroup(string Scenario, int Users, string Precoder, double SnrDecibels, string Estimator)
{
    /// <summary>The group that a point belongs to.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Its group.</returns>
    public static FigureGroup Of(PointResult point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new(point.Scenario, point.Users, point.Precoder, point.SnrDecibels, point.Estimator);
    }

    /// <summary>The groups of a report in the order of their first points.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Each group once.</returns>
    public static IReadOnlyList<FigureGroup> All(ExperimentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. report.Points.Select(Of).Distinct()];
    }

    /// <summary>The group in words, e.g. <c>indoor, 4 users, zero-forcing, SNR 10 dB</c>.</summary>
    /// <returns>The title of its figures.</returns>
    public override string ToString()
    {
        var users = Users == 1 ? "1 user" : string.Create(CultureInfo.InvariantCulture, $"{Users} users");
        var estimator = Estimator is "perfect" or "" ? "" : $", estimator {Estimator}";
        return string.Create(CultureInfo.InvariantCulture, $"{Scenario}, {users}, {Precoder}, SNR {SnrDecibels} dB{estimator}");
    }

    /// <summary>What tells this group from the others, for file names: e.g. <c>-indoor-4-users</c>; empty for a group alone.</summary>
    /// <param name="groups">All groups of the report.</param>
    /// <returns>Lower-case letters, digits, points and hyphens, different for each group.</returns>
    public string Suffix(IReadOnlyList<FigureGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var own = groups.TakeWhile(group => group != this).Count(group => group.Parts(groups) == Parts(groups));
        return Parts(groups) + (own == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{own + 1}"));
    }

    private string Parts(IReadOnlyList<FigureGroup> groups)
    {
        bool Varies<T>(Func<FigureGroup, T> part) => groups.Select(part).Distinct().Skip(1).Any();
        List<string> parts = [];
        if (Varies(group => group.Scenario))
        {
            parts.Add(Scenario);
        }
        if (Varies(group => group.Users))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Users} {(Users == 1 ? "user" : "users")}"));
        }
        if (Varies(group => group.Precoder))
        {
            parts.Add(Precoder);
        }
        if (Varies(group => group.SnrDecibels))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(SnrDecibels < 0 ? "minus " : "")}{Math.Abs(SnrDecibels)} dB"));
        }
        if (Varies(group => group.Estimator))
        {
            parts.Add(Estimator);
        }
        return string.Concat(parts.Select(part => "-" + Plain(part)));
    }

    private static string Plain(string text)
    {
        var letters = text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.' ? letter : '-');
        return string.Join('-', string.Concat(letters).Split(['-'], StringSplitOptions.RemoveEmptyEntries));
    }
}
