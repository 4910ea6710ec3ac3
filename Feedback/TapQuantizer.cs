namespace Feedback;

/// <summary>How <see cref="StrongestTaps"/> quantises the real and imaginary parts of its coefficients.</summary>
public enum TapQuantizer
{
    /// <summary>Cells of equal width.</summary>
    Uniform,

    /// <summary>Cells that are finer around zero.</summary>
    MuLaw,
}
