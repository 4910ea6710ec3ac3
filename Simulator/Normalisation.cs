namespace Simulator;

/// <summary>How a channel model scales what it draws.</summary>
public enum Normalisation
{
    /// <summary>Each user's H in a drop is scaled to a mean |h|² of 1 over all its entries.</summary>
    Drop,

    /// <summary>H keeps the model's own path gain and fading.</summary>
    Model,
}
