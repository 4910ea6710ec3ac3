using System.Globalization;
using Experiments.Configuration;

namespace Experiments.Drawing;

/// <summary>Per-drop figures that another program wrote, to be drawn beside ours.</summary>
internal static class ReferenceColumns
{
    /// <summary>Reads a CSV file with a heading and one number a cell.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its columns.</returns>
    public static DropColumns Read(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"--reference: '{path}' does not exist.");
        using var text = new StreamReader(path);
        var names = text.ReadLine()?.Split(',') ?? throw new BadInputException($"{path} is empty; a heading and a line a drop are expected.");
        var columns = new DropColumns();
        for (var number = 2; text.ReadLine() is { } line; number++)
        {
            var cells = line.Split(',');
            for (var i = 0; i < names.Length; i++)
            {
                var cell = i < cells.Length ? cells[i] : "";
                if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                    throw new BadInputException(FormattableString.Invariant($"{path}: '{cell}' in line {number}, column '{names[i]}', is not a number."));
                columns.Add(names[i], [value]);
            }
        }
        return columns;
    }
}
