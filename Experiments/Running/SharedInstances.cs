using System.Collections.Concurrent;
using Experiments.Planning;
using Simulator;

namespace Experiments.Running;

/// <summary>Channel models and feedback schemes, each made once and shared by all workers: both are immutable.</summary>
public sealed class SharedInstances
{
    private readonly ConcurrentDictionary<string, Lazy<IChannelModel>> channels = new();
    private readonly ConcurrentDictionary<string, Lazy<IFeedbackScheme>> schemes = new();

    /// <summary>The channel model of a group.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The model.</returns>
    public IChannelModel Channel(ChannelGroup group) =>
        channels.GetOrAdd(group.Canonical, _ => new Lazy<IChannelModel>(group.Channel)).Value;

    /// <summary>The scheme of an operating point.</summary>
    /// <param name="setting">The operating point.</param>
    /// <returns>The scheme.</returns>
    public IFeedbackScheme Scheme(SchemeSetting setting) =>
        schemes.GetOrAdd(setting.Canonical, _ => new Lazy<IFeedbackScheme>(setting.Create)).Value;
}
