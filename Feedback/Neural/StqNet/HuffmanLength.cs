namespace Feedback.Neural.StqNet;

/// <summary>The length of symbols under the Huffman code that is best for just these symbols [Huffman1952].</summary>
public static class HuffmanLength
{
    /// <summary>Counts bits.</summary>
    /// <param name="counts">How often each symbol occurs, at least 1.</param>
    /// <returns>Bits of all symbols together; a single kind of symbol takes 1 bit each.</returns>
    public static long Of(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count == 1)
            return counts[0];
        var total = 0L;
        var queue = new PriorityQueue<long, long>(counts.Select(count => (count, count)));
        while (queue.Count > 1)
        {
            var merged = queue.Dequeue() + queue.Dequeue();
            total += merged;
            queue.Enqueue(merged, merged);
        }
        return total;
    }
}
