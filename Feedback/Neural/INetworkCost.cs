namespace Feedback.Neural;

/// <summary>What a network costs, as its size tells.</summary>
public interface INetworkCost
{
    /// <summary>Multiply-accumulate operations of the terminal per report and receive antenna.</summary>
    long TerminalOperations { get; }

    /// <summary>Multiply-accumulate operations of the base station per report and receive antenna.</summary>
    long BaseStationOperations { get; }
}
