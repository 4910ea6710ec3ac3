namespace Simulator;

/// <summary>What the rows of a report are.</summary>
public enum ReportKind
{
    /// <summary>Rows are the reconstructed channel Ĥ, one per receive antenna.</summary>
    Channel,

    /// <summary>Rows are wᴴ of the reported precoder columns, each of norm √A; their quality is unknown.</summary>
    Precoder,
}
