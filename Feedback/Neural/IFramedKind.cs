namespace Feedback.Neural;

/// <summary>A network whose messages begin with what <see cref="Fitting.ReportFrame"/> says, so that delays may be aligned.</summary>
public interface IFramedKind : INetworkKind
{
}
