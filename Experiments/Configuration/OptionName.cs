using System.Text;

namespace Experiments.Configuration;

/// <summary>How options are called in input files.</summary>
public static class OptionName
{
    private const string DecibelsSuffix = "-decibels";

    /// <summary>Words of an identifier joined by hyphens, e.g. <c>ValueBits</c> to <c>value-bits</c>.</summary>
    /// <param name="identifier">A property or an enumeration value.</param>
    /// <returns>The name in lower case.</returns>
    public static string Hyphenate(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var text = new StringBuilder();
        foreach (var letter in identifier)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>The key of an option: its property with hyphens, without the word for decibels, which the unit says.</summary>
    /// <param name="property">The property's name.</param>
    /// <returns>The key.</returns>
    public static string Key(string property)
    {
        var name = Hyphenate(property);
        return name.EndsWith(DecibelsSuffix, StringComparison.Ordinal) ? name[..^DecibelsSuffix.Length] : name;
    }

    /// <summary>The name of an enumeration value; the line of sight goes by its usual abbreviation.</summary>
    /// <param name="value">The value's identifier.</param>
    /// <returns>The name in lower case.</returns>
    public static string Value(string value) => Hyphenate(value) is var name && name == "line-of-sight" ? "los" : name;
}
