namespace Feedback.SparsePaths;

/// <summary>Finds the paths of one crop: orthogonal matching pursuit [Pati1993] with cyclic refinement off the grid [Mamandipoor2016].</summary>
internal sealed class MatchingPursuit
{
    private const double LargestStep = 0.3;
    private const double Reach = 3;
    private readonly PathDictionary dictionary;
    private readonly double[] residual;
    private readonly double[] correlated;
    private readonly double[] map;
    private readonly double[] slopes;
    private readonly double[] firstSlope;
    private readonly double[] contracted;
    private readonly double[] contractedSlope;
    private readonly PathAtom trial;

    public MatchingPursuit(PathDictionary dictionary, ReadOnlySpan<double> crop)
    {
        this.dictionary = dictionary;
        residual = crop.ToArray();
        var width = dictionary.Channels * dictionary.Angles;
        correlated = new double[dictionary.GridNorms.Length * width];
        map = new double[dictionary.AnglePoints];
        slopes = new double[dictionary.Delays];
        firstSlope = new double[dictionary.Angles];
        contracted = new double[width];
        contractedSlope = new double[width];
        trial = new PathAtom(dictionary);
    }

    /// <summary>The paths found.</summary>
    public List<PathAtom> Atoms { get; } = [];

    /// <summary>Takes the strongest correlation on the grid as a new path, unless it is weaker than asked for.</summary>
    public PathAtom? Find(double least)
    {
        var d = dictionary;
        var width = d.Channels * d.Angles;
        Array.Clear(correlated);
        Span<double> sums = stackalloc double[d.AnglePoints];
        var (best, bestDelay, bestAngle) = (least, -1, -1);
        for (var i = 0; i < d.GridNorms.Length; i++)
        {
            var row = correlated.AsSpan(i * width, width);
            for (var delay = 0; delay < d.Delays; delay++)
                VectorSums.AddScaled(row, residual.AsSpan(delay * width, width), d.GridDelays[i * d.Delays + delay]);
            // ‖row‖² bounds what any direction can reach.
            if (VectorSums.Dot(row, row) <= best * d.GridNorms[i])
                continue;
            sums.Clear();
            for (var c = 0; c < d.Channels; c++)
            {
                Array.Clear(map);
                for (var m = 0; m < d.Angles; m++)
                    VectorSums.AddScaled(map, d.GridAngles.AsSpan(m * d.AnglePoints, d.AnglePoints), row[c * d.Angles + m]);
                for (var j = 0; j < map.Length; j++)
                    sums[j] += map[j] * map[j];
            }
            for (var j = 0; j < sums.Length; j++)
            {
                var gain = sums[j] / d.GridNorms[i];
                if (gain > best)
                    (best, bestDelay, bestAngle) = (gain, i, j);
            }
        }
        if (bestDelay < 0)
            return null;
        var (first, second) = d.AngleOf(bestAngle);
        var atom = new PathAtom(d) { Delay = PathDictionary.DelayOf(bestDelay), First = first, Second = second };
        atom.Fill(d);
        Atoms.Add(atom);
        return atom;
    }

    /// <summary>Moves one path by a Gauss-Newton step in delay and each angle, and takes the best weights for where it then lies.</summary>
    public void Refine(PathAtom atom)
    {
        var d = dictionary;
        Contract(atom, withSlope: true);
        Span<double> own = stackalloc double[d.Channels];
        Span<double> slope = stackalloc double[d.Channels];
        var gain = 0.0;
        var (delayGradient, energy) = (0.0, 0.0);
        var self = VectorSums.Dot(atom.DelayResponse, slopes) / atom.Norm;
        for (var c = 0; c < d.Channels; c++)
        {
            // The path itself is taken out of the residual, so it is added to every product.
            own[c] = atom.Weights[c] + VectorSums.Dot(contracted.AsSpan(c * d.Angles, d.Angles), atom.Angle) / atom.Norm;
            slope[c] = VectorSums.Dot(contractedSlope.AsSpan(c * d.Angles, d.Angles), atom.Angle);
            gain += own[c] * own[c];
            delayGradient += own[c] * (slope[c] - self * (own[c] - atom.Weights[c]) * atom.Norm);
            energy += own[c] * own[c];
        }
        gain *= atom.Norm;
        if (energy <= 0)
            return;
        if (!atom.Frozen)
        {
            var curvature = (VectorSums.Dot(slopes, slopes) - self * self * atom.Norm) * energy;
            var delayStep = curvature > 0 ? Math.Clamp(delayGradient / curvature, -LargestStep, LargestStep) : 0;
            var firstStep = AngleStep(atom, own, energy, first: true);
            var secondStep = d.Second > 1 ? AngleStep(atom, own, energy, first: false) : 0;
            for (var attempt = 0; attempt < 2; attempt++)
            {
                if (Try(atom, delayStep, firstStep, secondStep, gain))
                    return;
                (delayStep, firstStep, secondStep) = (delayStep / 3, firstStep / 3, secondStep / 3);
            }
        }
        for (var c = 0; c < d.Channels; c++)
        {
            own[c] -= atom.Weights[c];
            atom.Weights[c] += own[c];
        }
        Subtract(atom, own);
    }

    /// <summary>Refines the paths near one, which is what a change of it concerns.</summary>
    public void RefineNear(PathAtom centre)
    {
        foreach (var atom in Atoms)
        {
            if (Math.Abs(atom.Delay - centre.Delay) < Reach && Distance(atom.First - centre.First, dictionary.First) < Reach
                && Distance(atom.Second - centre.Second, dictionary.Second) < Reach)
                Refine(atom);
        }
    }

    /// <summary>Moves a path elsewhere, its weights unchanged.</summary>
    public void Move(PathAtom atom, CodedPath path)
    {
        Span<double> back = stackalloc double[dictionary.Channels];
        for (var c = 0; c < back.Length; c++)
            back[c] = -atom.Weights[c];
        Subtract(atom, back);
        path.Locate(atom, dictionary);
        Subtract(atom, atom.Weights);
    }

    /// <summary>Takes the response of a path, with given weights, out of the residual.</summary>
    public void Subtract(PathAtom atom, ReadOnlySpan<double> weights)
    {
        var d = dictionary;
        var width = d.Channels * d.Angles;
        for (var c = 0; c < d.Channels; c++)
        {
            if (weights[c] == 0)
                continue;
            for (var delay = 0; delay < d.Delays; delay++)
                VectorSums.AddScaled(residual.AsSpan(delay * width + c * d.Angles, d.Angles), atom.Angle, -weights[c] * atom.DelayResponse[delay]);
        }
    }

    private static double Distance(double difference, int bins)
    {
        var wrapped = Math.Abs(difference) % bins;
        return Math.Min(wrapped, bins - wrapped);
    }

    private double AngleStep(PathAtom atom, ReadOnlySpan<double> own, double energy, bool first)
    {
        var d = dictionary;
        Span<double> axis = stackalloc double[first ? d.First : d.Second];
        Span<double> change = stackalloc double[axis.Length];
        DirichletResponse.Fill(first ? atom.First : atom.Second, axis.Length, axis, change);
        if (d.Second == 1)
        {
            change.CopyTo(firstSlope);
        }
        else
        {
            Span<double> other = stackalloc double[first ? d.Second : d.First];
            DirichletResponse.Fill(first ? atom.Second : atom.First, other.Length, other, []);
            for (var m = 0; m < d.Angles; m++)
                firstSlope[m] = first ? change[m / d.Second] * other[m % d.Second] : change[m % d.Second] * other[m / d.Second];
        }
        var gradient = 0.0;
        for (var c = 0; c < d.Channels; c++)
            gradient += own[c] * VectorSums.Dot(contracted.AsSpan(c * d.Angles, d.Angles), firstSlope);
        var curvature = VectorSums.Dot(change, change) * energy * atom.Norm;
        return curvature > 0 ? Math.Clamp(gradient / curvature, -LargestStep, LargestStep) : 0;
    }

    private bool Try(PathAtom atom, double delayStep, double firstStep, double secondStep, double gain)
    {
        var d = dictionary;
        trial.Delay = Math.Clamp(atom.Delay + delayStep, -0.499, d.Delays - 0.501);
        trial.First = atom.First + firstStep;
        trial.Second = atom.Second + secondStep;
        trial.Fill(d);
        Contract(trial, withSlope: false);
        var overlap = VectorSums.Dot(trial.DelayResponse, atom.DelayResponse) * VectorSums.Dot(trial.Angle, atom.Angle);
        var reached = 0.0;
        for (var c = 0; c < d.Channels; c++)
        {
            trial.Weights[c] = (VectorSums.Dot(contracted.AsSpan(c * d.Angles, d.Angles), trial.Angle) + overlap * atom.Weights[c]) / trial.Norm;
            reached += trial.Weights[c] * trial.Weights[c];
        }
        if (reached * trial.Norm < gain)
            return false;
        Span<double> back = stackalloc double[d.Channels];
        for (var c = 0; c < d.Channels; c++)
            back[c] = -atom.Weights[c];
        Subtract(atom, back);
        (atom.Delay, atom.First, atom.Second) = (trial.Delay, trial.First, trial.Second);
        trial.Weights.CopyTo(atom.Weights, 0);
        atom.Fill(d);
        Subtract(atom, atom.Weights);
        return true;
    }

    // Sums the residual over delay rows, weighed with the response and with its slope.
    private void Contract(PathAtom atom, bool withSlope)
    {
        var width = contracted.Length;
        Array.Clear(contracted);
        if (withSlope)
        {
            Array.Clear(contractedSlope);
            Span<double> values = stackalloc double[dictionary.Delays];
            DirichletResponse.Fill(atom.Delay, dictionary.Subcarriers, values, slopes);
        }
        for (var delay = 0; delay < dictionary.Delays; delay++)
        {
            var row = residual.AsSpan(delay * width, width);
            VectorSums.AddScaled(contracted, row, atom.DelayResponse[delay]);
            if (withSlope)
                VectorSums.AddScaled(contractedSlope, row, slopes[delay]);
        }
    }
}
