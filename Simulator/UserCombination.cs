namespace Simulator;

/// <summary>How the values of the users of one drop become one number.</summary>
public enum UserCombination
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
