namespace Channels;

/// <summary>How a file of recorded channels is to be read.</summary>
public enum RecordedLayout
{
    /// <summary>H on subcarriers and antennas, complex.</summary>
    Channels,

    /// <summary>The public CsiNet data: angular-delay crops <c>HT</c> around 0.5, or <c>HF_all</c> on 125 subcarriers; see <see cref="CsiNetLayout"/>.</summary>
    Csinet,
}
