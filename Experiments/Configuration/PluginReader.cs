namespace Experiments.Configuration;

/// <summary>Reads a plug-in's name and options from a block, or its name alone.</summary>
public sealed class PluginReader
{
    private readonly ErrorCollector errors;

    /// <summary>Creates a reader.</summary>
    /// <param name="binder">Fills options records.</param>
    /// <param name="errors">Gathers what is wrong.</param>
    public PluginReader(OptionsBinder binder, ErrorCollector errors)
    {
        Binder = binder;
        this.errors = errors;
    }

    /// <summary>Fills options records.</summary>
    public OptionsBinder Binder { get; }

    /// <summary>Reads a name, or a block with the key <c>name</c> and options.</summary>
    /// <typeparam name="TContext">What every plug-in of the kind is told besides its options.</typeparam>
    /// <typeparam name="TPlugin">The contract.</typeparam>
    /// <param name="catalogue">What is permitted.</param>
    /// <param name="node">The name or the block; null for the fallback.</param>
    /// <param name="fallback">The name where nothing is given.</param>
    /// <param name="place">Where the fallback is used.</param>
    /// <returns>The plug-in, or null after an error.</returns>
    public PluginChoice<TContext, TPlugin>? Read<TContext, TPlugin>(
        Catalogue<TContext, TPlugin> catalogue, InputNode? node, string fallback, InputNode place)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        if (node is null)
        {
            var usual = catalogue.Find(fallback)!;
            return new PluginChoice<TContext, TPlugin>(usual, usual.DefaultOptions(), place);
        }
        if (node.Kind != InputKind.Mapping)
        {
            return catalogue.Find(node, errors) is { } found
                ? new PluginChoice<TContext, TPlugin>(found, found.DefaultOptions(), node)
                : null;
        }
        var block = new BlockReader(node, errors);
        var choice = ReadBlock(catalogue, block, "name");
        block.FinishUnless(choice is null);
        return choice;
    }

    /// <summary>Reads the name under a key of a block and the options beside it.</summary>
    /// <typeparam name="TContext">What every plug-in of the kind is told besides its options.</typeparam>
    /// <typeparam name="TPlugin">The contract.</typeparam>
    /// <param name="catalogue">What is permitted.</param>
    /// <param name="block">The block; its other keys are the caller's.</param>
    /// <param name="key">The key of the name.</param>
    /// <returns>The plug-in, or null after an error.</returns>
    public PluginChoice<TContext, TPlugin>? ReadBlock<TContext, TPlugin>(
        Catalogue<TContext, TPlugin> catalogue, BlockReader block, string key)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(block);
        if (block.Require(key, catalogue.Names.Count > 0 ? catalogue.Names[0] : "NAME") is not { } name || catalogue.Find(name, errors) is not { } entry)
        {
            return null;
        }
        var options = entry.DefaultOptions();
        Binder.Bind(options, block);
        return new PluginChoice<TContext, TPlugin>(entry, options, block.Block);
    }
}
