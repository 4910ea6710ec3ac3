namespace Channels.Cost2100;

/// <summary>Whether the model does what the authors' MATLAB code does, or what its papers say.</summary>
public enum Cost2100Mode
{
    /// <summary>As the code, departures from the papers included.</summary>
    Reference,

    /// <summary>With all <see cref="Corrections"/> that are not switched off.</summary>
    Corrected,
}
