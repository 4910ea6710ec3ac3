using Experiments.Running;

namespace Tests.Experiments.Running;

public sealed class ErrorConventionsTests
{
    [Fact]
    public void Cropped_TwoUnequalReports_EachConventionIsItsOwnAverage()
    {
        // Ratios 0.1 and 0.001 at energies 1 and 9: sums 0.109/10, one batch of mean 0.0505, decibels -10 and -30.
        var conventions = ErrorConventions.Cropped([0.1, 0.001], [1, 9]);
        Assert.Equal(10 * Math.Log10(0.0109), conventions["nmse_crop_db_of_sums"], 12);
        Assert.Equal(10 * Math.Log10(0.0505), conventions["nmse_crop_db_per_200"], 12);
        Assert.Equal(-20, conventions["nmse_crop_db_per_report"], 12);
    }

    [Fact]
    public void Cropped_MoreThanABatch_AveragesDecibelsOfBatches()
    {
        double[] ratios = [.. Enumerable.Repeat(0.1, 200), .. Enumerable.Repeat(0.001, 100)];
        Assert.Equal(-20, ErrorConventions.Cropped(ratios, new double[300])["nmse_crop_db_per_200"], 12);
    }
}
