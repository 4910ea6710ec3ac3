namespace Feedback.SparsePaths;

/// <summary>One path: delay and direction, its response on the crop, and its weights.</summary>
internal sealed class PathAtom
{
    public PathAtom(PathDictionary dictionary)
    {
        DelayResponse = new double[dictionary.Delays];
        Angle = new double[dictionary.Angles];
        Weights = new double[dictionary.Channels];
    }

    /// <summary>Delay [taps].</summary>
    public double Delay { get; set; }

    /// <summary>Direction along the first axis [bins].</summary>
    public double First { get; set; }

    /// <summary>Direction along the second axis [bins].</summary>
    public double Second { get; set; }

    /// <summary>Real response in the rows of the crop.</summary>
    public double[] DelayResponse { get; }

    /// <summary>Real response in the angle bins, of norm 1.</summary>
    public double[] Angle { get; }

    /// <summary>Energy of the delay response.</summary>
    public double Norm { get; private set; }

    /// <summary>Real weights, those of each component's real part before its imaginary part.</summary>
    public double[] Weights { get; }

    /// <summary>Whether delay and direction are final.</summary>
    public bool Frozen { get; set; }

    /// <summary>‖weights‖².</summary>
    public double Energy => VectorSums.Dot(Weights, Weights);

    /// <summary>Fills the responses.</summary>
    public void Fill(PathDictionary dictionary)
    {
        DirichletResponse.Fill(Delay, dictionary.Subcarriers, DelayResponse, []);
        Norm = VectorSums.Dot(DelayResponse, DelayResponse);
        FillAngle(dictionary);
    }

    /// <summary>Fills the angle response.</summary>
    public void FillAngle(PathDictionary dictionary)
    {
        if (dictionary.Second == 1)
        {
            DirichletResponse.Fill(First, dictionary.First, Angle, []);
            return;
        }
        Span<double> first = stackalloc double[dictionary.First];
        Span<double> second = stackalloc double[dictionary.Second];
        DirichletResponse.Fill(First, dictionary.First, first, []);
        DirichletResponse.Fill(Second, dictionary.Second, second, []);
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < second.Length; j++)
                Angle[i * second.Length + j] = first[i] * second[j];
        }
    }

    /// <summary>The scalar product of two responses.</summary>
    public double Product(PathAtom other) =>
        VectorSums.Dot(DelayResponse, other.DelayResponse) * VectorSums.Dot(Angle, other.Angle);
}
