namespace Experiments.Drawing;

/// <summary>Figures of drops by column name: a value a drop and user, columns in the order in which they first came.</summary>
public sealed class DropColumns
{
    private readonly Dictionary<string, List<double>> values = [];
    private readonly List<string> names = [];

    /// <summary>The columns' names in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Rows of every column.</summary>
    public int Count => names.Count > 0 ? values[names[0]].Count : 0;

    /// <summary>The values of a column.</summary>
    /// <param name="name">Its name.</param>
    public IReadOnlyList<double> this[string name] => values[name];

    /// <summary>Whether there is such a column.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it is there.</returns>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Adds values to a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="more">The values.</param>
    public void Add(string name, IEnumerable<double> more)
    {
        if (!values.TryGetValue(name, out var column))
        {
            values.Add(name, column = []);
            names.Add(name);
        }
        column.AddRange(more);
    }
}
