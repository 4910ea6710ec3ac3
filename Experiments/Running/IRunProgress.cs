using Experiments.Planning;

namespace Experiments.Running;

/// <summary>Who is told how a run goes; called from several threads.</summary>
public interface IRunProgress
{
    /// <summary>A run begins.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="missing">Point-blocks still to be computed.</param>
    /// <param name="total">Point-blocks in all.</param>
    void Begin(ExperimentPlan plan, int missing, int total);

    /// <summary>A point has finished one block.</summary>
    /// <param name="point">The point.</param>
    /// <param name="result">Its block.</param>
    void Finish(PlannedPoint point, BlockResult result);

    /// <summary>A point has failed.</summary>
    /// <param name="point">The point.</param>
    /// <param name="error">What happened.</param>
    void Fail(PlannedPoint point, Exception error);
}
