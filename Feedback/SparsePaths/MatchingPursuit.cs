namespace Feedback.SparsePaths;

/// <summary>Finds the paths of one crop: orthogonal matching pursuit [Pati1993] with cyclic refinement off the grid [Mamandipoor2016].</summary>
internal sealed class MatchingPursuit
{
    private const double LargestStep = 0.3;
    private const double Reach = 3;
    private readonly PathDictionary dictionary;
    private readonly GridSearch grid;
    private readonly double[] residual;
    private readonly double[] contracted;
    private readonly double[] contractedSlope;
    private readonly double[] angleSlope;
    private readonly double[] oldPart;
    private readonly double[] newPart;
    private readonly PathAtom trial;

    public MatchingPursuit(PathDictionary dictionary, ReadOnlySpan<double> crop)
    {
        this.dictionary = dictionary;
        grid = new GridSearch(dictionary);
        residual = crop.ToArray();
        var width = dictionary.Channels * dictionary.Angles;
        (contracted, contractedSlope, angleSlope) = (new double[width], new double[width], new double[dictionary.Angles]);
        (oldPart, newPart) = (new double[width], new double[width]);
        trial = new PathAtom(dictionary, withSlopes: true);
    }

    /// <summary>The paths found.</summary>
    public List<PathAtom> Atoms { get; } = [];

    /// <summary>Takes the strongest correlation on the grid as a new path, unless it is weaker than asked for.</summary>
    public PathAtom? Find(double least)
    {
        if (grid.Find(residual, least) is not { } place)
            return null;
        var (first, second) = dictionary.AngleOf(place.Angle);
        var atom = new PathAtom(dictionary, withSlopes: true) { Delay = PathDictionary.DelayOf(place.Delay), First = first, Second = second };
        atom.Fill(dictionary);
        Atoms.Add(atom);
        return atom;
    }

    /// <summary>Moves one path by a Gauss-Newton step in delay and each angle, and takes the best weights for where it then lies.</summary>
    public void Refine(PathAtom atom)
    {
        var d = dictionary;
        VectorSums.Contract(residual, atom.DelayResponse, contracted);
        Span<double> own = stackalloc double[d.Channels];
        var energy = 0.0;
        for (var c = 0; c < d.Channels; c++)
        {
            // The path itself is taken out of the residual, so it is added to every product.
            own[c] = atom.Weights[c] + VectorSums.Dot(contracted.AsSpan(c * d.Angles, d.Angles), atom.Angle) / atom.Norm;
            energy += own[c] * own[c];
        }
        if (energy <= 0 || (!atom.Frozen && MoveUphill(atom, own, energy)))
            return;
        Move(atom, atom, own);
        own.CopyTo(atom.Weights);
    }

    /// <summary>Refines all paths once, or those near one, which is what a change of it concerns.</summary>
    /// <param name="centre">That one; null for all.</param>
    /// <returns>By how much the energy of what paths leave has shrunk.</returns>
    public double Sweep(PathAtom? centre)
    {
        var before = VectorSums.Dot(residual, residual);
        foreach (var atom in Atoms)
        {
            if (centre is null || IsNear(atom, centre))
                Refine(atom);
        }
        return before - VectorSums.Dot(residual, residual);
    }

    /// <summary>Moves a path elsewhere, its weights unchanged.</summary>
    public void Move(PathAtom atom, CodedPath path)
    {
        path.Locate(trial, dictionary);
        Move(atom, trial, atom.Weights);
        atom.Exchange(trial);
    }

    private bool IsNear(PathAtom atom, PathAtom centre) =>
        Math.Abs(atom.Delay - centre.Delay) < Reach
        && Distance(atom.First - centre.First, dictionary.First) < Reach
        && Distance(atom.Second - centre.Second, dictionary.Second) < Reach;

    private static double Distance(double difference, int bins)
    {
        var wrapped = Math.Abs(difference) % bins;
        return Math.Min(wrapped, bins - wrapped);
    }

    private bool MoveUphill(PathAtom atom, ReadOnlySpan<double> own, double energy)
    {
        var d = dictionary;
        VectorSums.Contract(residual, atom.DelaySlope, contractedSlope);
        var self = VectorSums.Dot(atom.DelayResponse, atom.DelaySlope) / atom.Norm;
        var gradient = 0.0;
        for (var c = 0; c < d.Channels; c++)
        {
            var slope = VectorSums.Dot(contractedSlope.AsSpan(c * d.Angles, d.Angles), atom.Angle);
            gradient += own[c] * (slope - self * (own[c] - atom.Weights[c]) * atom.Norm);
        }
        var curvature = (VectorSums.Dot(atom.DelaySlope, atom.DelaySlope) - self * self * atom.Norm) * energy;
        var delayStep = curvature > 0 ? Math.Clamp(gradient / curvature, -LargestStep, LargestStep) : 0;
        var firstStep = AngleStep(atom, own, energy, first: true);
        var secondStep = d.Second > 1 ? AngleStep(atom, own, energy, first: false) : 0;
        return Try(atom, delayStep, firstStep, secondStep, energy * atom.Norm)
            || Try(atom, delayStep / 3, firstStep / 3, secondStep / 3, energy * atom.Norm);
    }

    private double AngleStep(PathAtom atom, ReadOnlySpan<double> own, double energy, bool first)
    {
        var d = dictionary;
        var slope = atom.AngleSlope(first, angleSlope);
        var gradient = 0.0;
        for (var c = 0; c < d.Channels; c++)
            gradient += own[c] * VectorSums.Dot(contracted.AsSpan(c * d.Angles, d.Angles), slope);
        var change = first ? atom.FirstSlope : atom.SecondSlope;
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
        VectorSums.Contract(residual, trial.DelayResponse, contractedSlope);
        var overlap = trial.Product(atom);
        var reached = 0.0;
        for (var c = 0; c < d.Channels; c++)
        {
            trial.Weights[c] = (VectorSums.Dot(contractedSlope.AsSpan(c * d.Angles, d.Angles), trial.Angle) + overlap * atom.Weights[c]) / trial.Norm;
            reached += trial.Weights[c] * trial.Weights[c];
        }
        if (reached * trial.Norm < gain)
            return false;
        Move(atom, trial, trial.Weights);
        trial.Weights.CopyTo(atom.Weights, 0);
        atom.Exchange(trial);
        return true;
    }

    // Puts the response of a path back into the residual, and takes that of another place out of it, with weights of its own.
    private void Move(PathAtom from, PathAtom to, ReadOnlySpan<double> weights)
    {
        var angles = dictionary.Angles;
        for (var c = 0; c < dictionary.Channels; c++)
        {
            for (var m = 0; m < angles; m++)
            {
                oldPart[c * angles + m] = from.Weights[c] * from.Angle[m];
                newPart[c * angles + m] = -weights[c] * to.Angle[m];
            }
        }
        VectorSums.AddOuter(residual, from.DelayResponse, oldPart, to.DelayResponse, newPart);
    }
}
