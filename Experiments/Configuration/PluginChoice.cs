namespace Experiments.Configuration;

/// <summary>A plug-in with its options as an input file chose them.</summary>
/// <typeparam name="TContext">What every plug-in of the kind is told besides its options.</typeparam>
/// <typeparam name="TPlugin">The contract.</typeparam>
/// <param name="Entry">The plug-in.</param>
/// <param name="Options">Its options.</param>
/// <param name="Place">Where it was chosen.</param>
public sealed record PluginChoice<TContext, TPlugin>(CatalogueEntry<TContext, TPlugin> Entry, object Options, InputNode Place)
{
    /// <summary>Builds the plug-in, only to see whether it can be built.</summary>
    /// <param name="context">What every plug-in of the kind is told.</param>
    /// <param name="errors">Gathers why not, at the option's place where the message names one.</param>
    /// <returns>The plug-in, or default after an error.</returns>
    public TPlugin? Try(TContext context, ErrorCollector errors) => Construction.Try(Place, errors, () => Create(context));

    /// <summary>Builds the plug-in.</summary>
    /// <param name="context">What every plug-in of the kind is told.</param>
    /// <returns>The plug-in.</returns>
    public TPlugin Create(TContext context) => Entry.Create(Options, context);
}
