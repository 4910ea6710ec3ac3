using Channels.Multipath;
using Simulator;

namespace Experiments.Drawing;

/// <summary>The drops of a scenario under a delay reference of their own.</summary>
/// <param name="Draw">Draws the drops of a block.</param>
/// <param name="DrawPaths">Draws the paths behind them.</param>
public sealed record TimedDrops(Func<int, ChannelDrop> Draw, Func<int, Paths> DrawPaths);
