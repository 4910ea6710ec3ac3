namespace Feedback.SparsePaths;

/// <summary>One path: delay and direction, its response on the crop, and its weights.</summary>
internal sealed class PathAtom
{
    private readonly bool isPanel;

    /// <summary>Makes room.</summary>
    /// <param name="dictionary">What paths look like.</param>
    /// <param name="withSlopes">Whether the path is to be moved uphill.</param>
    public PathAtom(PathDictionary dictionary, bool withSlopes)
    {
        isPanel = dictionary.Second > 1;
        (DelayResponse, FirstResponse, SecondResponse) = (new double[dictionary.Delays], new double[dictionary.First], isPanel ? new double[dictionary.Second] : []);
        DelaySlope = withSlopes ? new double[DelayResponse.Length] : [];
        FirstSlope = withSlopes ? new double[FirstResponse.Length] : [];
        SecondSlope = withSlopes ? new double[SecondResponse.Length] : [];
        Angle = isPanel ? new double[dictionary.Angles] : FirstResponse;
        Weights = withSlopes ? new double[dictionary.Channels] : [];
    }

    /// <summary>Delay [taps].</summary>
    public double Delay { get; set; }

    /// <summary>Direction along the first axis [bins].</summary>
    public double First { get; set; }

    /// <summary>Direction along the second axis [bins].</summary>
    public double Second { get; set; }

    /// <summary>Real response in the rows of the crop.</summary>
    public double[] DelayResponse { get; private set; }

    /// <summary>Its derivative by the delay.</summary>
    public double[] DelaySlope { get; private set; }

    /// <summary>Real response along the first axis, of norm 1.</summary>
    public double[] FirstResponse { get; private set; }

    /// <summary>Its derivative by the direction.</summary>
    public double[] FirstSlope { get; private set; }

    /// <summary>Real response along the second axis, of norm 1.</summary>
    public double[] SecondResponse { get; private set; }

    /// <summary>Its derivative by the direction.</summary>
    public double[] SecondSlope { get; private set; }

    /// <summary>Real response in the angle bins, of norm 1.</summary>
    public double[] Angle { get; private set; }

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
        dictionary.DelayShape.Fill(Delay, DelayResponse, DelaySlope);
        Norm = VectorSums.Dot(DelayResponse, DelayResponse);
        dictionary.FirstShape.Fill(First, FirstResponse, FirstSlope);
        if (!isPanel)
            return;
        dictionary.SecondShape.Fill(Second, SecondResponse, SecondSlope);
        Combine(FirstResponse, SecondResponse, Angle);
    }

    /// <summary>The derivative of the response in the angle bins by the direction along an axis.</summary>
    /// <param name="first">Whether along the first axis.</param>
    /// <param name="slope">Room for it.</param>
    /// <returns>The derivative.</returns>
    public ReadOnlySpan<double> AngleSlope(bool first, double[] slope)
    {
        if (!isPanel)
            return FirstSlope;
        Combine(first ? FirstSlope : FirstResponse, first ? SecondResponse : SecondSlope, slope);
        return slope;
    }

    /// <summary>Changes place and response, but not weights, with another path.</summary>
    public void Exchange(PathAtom other)
    {
        (Delay, First, Second, Norm, other.Delay, other.First, other.Second, other.Norm) =
            (other.Delay, other.First, other.Second, other.Norm, Delay, First, Second, Norm);
        (DelayResponse, DelaySlope, other.DelayResponse, other.DelaySlope) = (other.DelayResponse, other.DelaySlope, DelayResponse, DelaySlope);
        (FirstResponse, FirstSlope, other.FirstResponse, other.FirstSlope) = (other.FirstResponse, other.FirstSlope, FirstResponse, FirstSlope);
        (SecondResponse, SecondSlope, other.SecondResponse, other.SecondSlope) = (other.SecondResponse, other.SecondSlope, SecondResponse, SecondSlope);
        (Angle, other.Angle) = (other.Angle, Angle);
    }

    /// <summary>The scalar product of two responses.</summary>
    public double Product(PathAtom other) =>
        VectorSums.Dot(DelayResponse, other.DelayResponse) * VectorSums.Dot(Angle, other.Angle);

    private static void Combine(double[] first, double[] second, double[] angle)
    {
        for (var i = 0; i < first.Length; i++)
        {
            for (var j = 0; j < second.Length; j++)
                angle[i * second.Length + j] = first[i] * second[j];
        }
    }
}
