using Experiments.Running;
using MathNet.Numerics.Statistics;

namespace Tests.Experiments.Running;

public sealed class RunningMeanTests
{
    [Fact]
    public void Add_TenValues_AgreesWithTwoPassStatistics()
    {
        double[] values = [1e6 + 1, 1e6 + 4, 1e6 - 3, 1e6 + 2, 1e6, 1e6 + 7, 1e6 - 5, 1e6 + 2, 1e6 + 1, 1e6 - 1];
        var mean = new RunningMean();
        foreach (var value in values)
        {
            mean.Add(value);
        }
        // Student's t, 97.5 % quantile at 9 degrees of freedom from a printed table: 2.262157.
        var half = 2.262157 * values.StandardDeviation() / Math.Sqrt(values.Length);
        Assert.Equal(values.Mean(), mean.Mean, 9);
        Assert.Equal(half, mean.HalfWidth, 1e-6 * half);
    }

    [Fact]
    public void Add_NotDefined_IsLeftOut()
    {
        var mean = new RunningMean();
        mean.Add(double.NaN);
        Assert.True(double.IsNaN(mean.Mean));
        mean.Add(2);
        mean.Add(double.NaN);
        Assert.Equal((1, 2.0), (mean.Count, mean.Mean));
        Assert.True(double.IsNaN(mean.HalfWidth));
    }
}
