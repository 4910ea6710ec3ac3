using Simulator;

namespace Feedback.SparsePaths;

/// <summary>What a path of any delay and direction looks like on the angular-delay crop, and the grid on which paths are sought.</summary>
/// <remarks>
/// A path is the product of a tone over S subcarriers and one over each axis of the array. With phases taken at the middle of all of them its
/// response on the crop is a product of real Dirichlet kernels, and only its weights, one for each receive antenna and polarisation, are complex.
/// </remarks>
internal sealed class PathDictionary
{
    private const int Oversampling = 2;

    public PathDictionary(CsiDimensions dimensions, int delays)
    {
        Subcarriers = dimensions.Subcarriers;
        Delays = delays;
        (First, Second) = (dimensions.Array.First, dimensions.Array.Second);
        Channels = 2 * dimensions.ReceiveAntennas * dimensions.Array.Polarisations;
        (DelayShape, FirstShape, SecondShape) = (
            new DirichletResponse(Subcarriers, Delays), new DirichletResponse(First, First), new DirichletResponse(Second, Second));
        GridDelays = new float[Oversampling * delays * delays];
        GridNorms = new double[Oversampling * delays];
        GridAngles = new float[AnglePoints * Angles];
        var atom = new PathAtom(this, withSlopes: false);
        for (var i = 0; i < GridNorms.Length; i++)
        {
            atom.Delay = DelayOf(i);
            atom.Fill(this);
            GridNorms[i] = atom.Norm;
            for (var delay = 0; delay < delays; delay++)
                GridDelays[i * delays + delay] = (float)atom.DelayResponse[delay];
        }
        for (var j = 0; j < AnglePoints; j++)
        {
            (atom.First, atom.Second) = AngleOf(j);
            atom.Fill(this);
            for (var m = 0; m < Angles; m++)
                GridAngles[m * AnglePoints + j] = (float)atom.Angle[m];
        }
    }

    /// <summary>S.</summary>
    public int Subcarriers { get; }

    /// <summary>D, rows of the crop.</summary>
    public int Delays { get; }

    /// <summary>N1, elements along the first axis.</summary>
    public int First { get; }

    /// <summary>N2, elements along the second axis.</summary>
    public int Second { get; }

    /// <summary>C, real weights of a path: 2·R·P.</summary>
    public int Channels { get; }

    /// <summary>N1·N2, angle bins.</summary>
    public int Angles => First * Second;

    /// <summary>Real values of a crop.</summary>
    public int Values => Delays * Channels * Angles;

    /// <summary>Number of grid points in angle.</summary>
    public int AnglePoints => Oversampling * First * (Second > 1 ? Oversampling * Second : 1);

    /// <summary>Responses over the delay rows.</summary>
    public DirichletResponse DelayShape { get; }

    /// <summary>Responses along the first axis.</summary>
    public DirichletResponse FirstShape { get; }

    /// <summary>Responses along the second axis.</summary>
    public DirichletResponse SecondShape { get; }

    /// <summary>Delay responses of the grid, a row of D each.</summary>
    public float[] GridDelays { get; }

    /// <summary>Energies of those rows.</summary>
    public double[] GridNorms { get; }

    /// <summary>Angle responses of the grid, a column each of N1·N2 rows.</summary>
    public float[] GridAngles { get; }

    /// <summary>The delay of a grid point [taps].</summary>
    public static double DelayOf(int point) => (point - 0.5) / Oversampling;

    /// <summary>The direction of a grid point [bins].</summary>
    public (double First, double Second) AngleOf(int point)
    {
        var columns = Second > 1 ? Oversampling * Second : 1;
        var second = Second > 1 ? (double)(point % columns) / Oversampling : 0;
        return ((double)(point / columns) / Oversampling, second);
    }
}
