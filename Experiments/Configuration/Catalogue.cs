using Feedback;

namespace Experiments.Configuration;

/// <summary>The plug-ins of one kind by name.</summary>
/// <typeparam name="TContext">What every plug-in of the kind is told besides its options.</typeparam>
/// <typeparam name="TPlugin">The contract.</typeparam>
public sealed class Catalogue<TContext, TPlugin>
{
    private readonly IReadOnlyList<CatalogueEntry<TContext, TPlugin>> entries;

    /// <summary>Creates an empty catalogue.</summary>
    /// <param name="kind">What the plug-ins are, with the article, e.g. <c>a precoder</c>.</param>
    public Catalogue(string kind)
        : this(kind, [])
    {
    }

    private Catalogue(string kind, IReadOnlyList<CatalogueEntry<TContext, TPlugin>> entries)
    {
        Kind = kind;
        this.entries = entries;
    }

    /// <summary>What the plug-ins are, with the article.</summary>
    public string Kind { get; }

    /// <summary>The plug-ins in order.</summary>
    public IReadOnlyList<CatalogueEntry<TContext, TPlugin>> Entries => entries;

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => [.. entries.Select(entry => entry.Name)];

    /// <summary>Adds a plug-in.</summary>
    /// <typeparam name="TOptions">Its options; the keys of its block are their properties with hyphens.</typeparam>
    /// <param name="name">The name in input files.</param>
    /// <param name="description">One line for a reader who knows the field.</param>
    /// <param name="create">Builds it; impossible options end in an <see cref="ArgumentException"/>.</param>
    /// <returns>A catalogue with one plug-in more.</returns>
    public Catalogue<TContext, TPlugin> Add<TOptions>(string name, string description, Func<TOptions, TContext, TPlugin> create)
        where TOptions : class, new() => new(Kind, [.. entries, new CatalogueEntry<TContext, TPlugin>
        {
            Name = name,
            Description = description,
            DefaultOptions = () => new TOptions(),
            WithinBudget = (options, dimensions, bits) => options is IRateBudget<TOptions> hook ? hook.WithinBudget(dimensions, bits) : null,
            WithMean = (options, dimensions, bits) => options is IRateMean<TOptions> hook ? hook.WithMean(dimensions, bits) : null,
            Create = (options, context) => create((TOptions)options, context),
        }]);

    /// <summary>Looks a plug-in up.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The plug-in, or null.</returns>
    public CatalogueEntry<TContext, TPlugin>? Find(string name) => entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>Looks a plug-in up by the text of an input file.</summary>
    /// <param name="node">Where the name stands.</param>
    /// <param name="errors">Gathers unknown names.</param>
    /// <returns>The plug-in, or null after an error.</returns>
    public CatalogueEntry<TContext, TPlugin>? Find(InputNode node, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(errors);
        if (node.Kind != InputKind.Scalar || node.Text.Length == 0)
        {
            errors.Add(node, $"found {node.Describe()} where the name of {Kind} is expected.");
            return null;
        }
        var found = Find(node.Text);
        if (found is null)
        {
            errors.Add(node, $"'{node.Text}' is not {Kind}; {NearestName.Advise(node.Text, Names)}");
        }
        return found;
    }
}
