namespace Experiments.Configuration;

/// <summary>Lists where single values are expected: every combination, in the order of the file, the last list running fastest.</summary>
public static class Sweep
{
    /// <summary>Expands a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="errors">Gathers empty lists, lists of lists and repeated values.</param>
    /// <returns>At least one combination; a key whose list has no usable value is left out, after an error.</returns>
    public static IReadOnlyList<SweepPoint> Expand(InputNode block, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(errors);
        if (block.Kind != InputKind.Mapping)
        {
            return [new SweepPoint(block, "")];
        }
        IReadOnlyList<SweepPoint> points = [new SweepPoint(block with { Entries = [] }, "")];
        foreach (var entry in block.Entries)
        {
            if (Values(entry, errors) is not { Count: > 0 } values)
            {
                continue;
            }
            points = [.. points.SelectMany(point => values.Select(value => Join(point, entry, value)))];
        }
        return points;
    }

    private static IReadOnlyList<SweepPoint> Values(InputEntry entry, ErrorCollector errors)
    {
        if (entry.Value.Kind != InputKind.Sequence)
        {
            return Expand(entry.Value, errors);
        }
        var values = new List<SweepPoint>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in entry.Value.Items)
        {
            if (item.Kind == InputKind.Sequence)
            {
                errors.Add(item, "found a list within a list; a sweep is one list of values.");
            }
            else if (item.Kind == InputKind.Scalar && !seen.Add(item.Text))
            {
                errors.Add(item, $"the value '{item.Text}' stands in this list twice.");
            }
            else if (item.Kind == InputKind.Scalar)
            {
                values.Add(new SweepPoint(item, $"{entry.Key.Text}={item.Text}"));
            }
            else
            {
                values.AddRange(Expand(item, errors).Select(value => value with { Setting = $"{entry.Key.Text}={Flat(value.Block)}" }));
            }
        }
        if (entry.Value.Items.Count == 0)
        {
            errors.Add(entry.Value, "found an empty list; a sweep has at least one value.");
        }
        return values;
    }

    private static SweepPoint Join(SweepPoint point, InputEntry entry, SweepPoint value) => new(
        point.Block with { Entries = [.. point.Block.Entries, entry with { Value = value.Block }] },
        string.Join("; ", new[] { point.Setting, value.Setting }.Where(setting => setting.Length > 0)));

    private static string Flat(InputNode node) => node.Kind == InputKind.Scalar
        ? node.Text
        : string.Join(' ', node.Entries.Select(entry => Flat(entry.Value)));
}
