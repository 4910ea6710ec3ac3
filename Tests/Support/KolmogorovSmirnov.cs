namespace Tests.Support;

/// <summary>The two-sample Kolmogorov-Smirnov test and Holm's correction for many of them.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Probability of a larger distance if both samples have one distribution (Stephens' approximation).</summary>
    public static double PValue(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] x = [.. first.Order()];
        double[] y = [.. second.Order()];
        var (i, j, distance) = (0, 0, 0.0);
        while (i < x.Length && j < y.Length)
        {
            var value = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= value)
                i++;
            while (j < y.Length && y[j] <= value)
                j++;
            distance = Math.Max(distance, Math.Abs((double)i / x.Length - (double)j / y.Length));
        }
        var size = Math.Sqrt((double)x.Length * y.Length / (x.Length + y.Length));
        var lambda = (size + 0.12 + 0.11 / size) * distance;
        if (lambda < 0.2)
            return 1;
        var sum = Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * k * k * lambda * lambda));
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Names of the hypotheses that Holm's step-down procedure rejects.</summary>
    public static IReadOnlyList<string> Rejected(IReadOnlyDictionary<string, double> probabilities, double level)
    {
        var rejected = new List<string>();
        foreach (var (name, probability) in probabilities.OrderBy(pair => pair.Value))
        {
            if (probability >= level / (probabilities.Count - rejected.Count))
                break;
            rejected.Add($"{name} (p = {probability:G3})");
        }
        return rejected;
    }
}
