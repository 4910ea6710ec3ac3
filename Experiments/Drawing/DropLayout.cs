namespace Experiments.Drawing;

/// <summary>What is written of each drop.</summary>
public enum DropLayout
{
    /// <summary>H on all axes, <c>[B, T, U, S, R, A]</c>.</summary>
    Channels,

    /// <summary>Angular-delay crops around 0.5 as in the public CsiNet data, <c>HT</c> <c>[N, 2·A·32]</c>.</summary>
    Csinet,

    /// <summary>Their frequency responses, <c>HF_all</c> <c>[N, A·125]</c>.</summary>
    CsinetFrequency,
}
