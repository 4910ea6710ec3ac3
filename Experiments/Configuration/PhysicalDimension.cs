using System.Collections.Frozen;
using System.Globalization;

namespace Experiments.Configuration;

/// <summary>What a quantity measures, and the units in which it may be written.</summary>
/// <param name="Name">With its article, for messages, e.g. <c>a frequency</c>.</param>
/// <param name="Example">How a value looks, e.g. <c>20 MHz</c>.</param>
/// <param name="Units">The permitted units, smallest first, each with its size in the SI unit.</param>
public sealed record PhysicalDimension(string Name, string Example, IReadOnlyList<KeyValuePair<string, double>> Units)
{
    /// <summary>A pure number, written without a unit.</summary>
    public static readonly PhysicalDimension None = new("a number", "0.5", []);

    /// <summary>Frequencies [Hz].</summary>
    public static readonly PhysicalDimension Frequency = new("a frequency", "20 MHz", [new("Hz", 1), new("kHz", 1e3), new("MHz", 1e6), new("GHz", 1e9)]);

    /// <summary>Durations and delays [s].</summary>
    public static readonly PhysicalDimension Time = new("a time", "5 ms", [new("ns", 1e-9), new("us", 1e-6), new("µs", 1e-6), new("ms", 1e-3), new("s", 1)]);

    /// <summary>Distances [m].</summary>
    public static readonly PhysicalDimension Length = new("a length", "400 m", [new("cm", 1e-2), new("m", 1), new("km", 1e3)]);

    /// <summary>Speeds [m/s].</summary>
    public static readonly PhysicalDimension Speed = new("a speed", "3 km/h", [new("km/h", 1 / 3.6), new("m/s", 1)]);

    /// <summary>Angles [rad].</summary>
    public static readonly PhysicalDimension Angle = new("an angle", "15 deg", [new("deg", Math.PI / 180), new("rad", 1)]);

    /// <summary>Power ratios, kept in decibels [dB].</summary>
    public static readonly PhysicalDimension Decibels = new("a power ratio", "10 dB", [new("dB", 1)]);

    /// <summary>Amounts of data [bit].</summary>
    public static readonly PhysicalDimension Information = new("an amount of data", "128 b", [new("b", 1), new("kb", 1e3)]);

    // The one place that says which option is measured in what: the last word of its name decides.
    private static readonly FrozenDictionary<string, PhysicalDimension> ByLastWord = new Dictionary<string, PhysicalDimension>
    {
        ["frequency"] = Frequency,
        ["bandwidth"] = Frequency,
        ["doppler"] = Frequency,
        ["delay"] = Time,
        ["duration"] = Time,
        ["period"] = Time,
        ["time"] = Time,
        ["delay-spread"] = Time,
        ["distance"] = Length,
        ["height"] = Length,
        ["length"] = Length,
        ["radius"] = Length,
        ["side"] = Length,
        ["speed"] = Speed,
        ["velocity"] = Speed,
        ["angle"] = Angle,
        ["azimuth"] = Angle,
        ["direction"] = Angle,
        ["angle-spread"] = Angle,
        ["angular-spread"] = Angle,
        ["azimuth-spread"] = Angle,
        ["decibels"] = Decibels,
    }.ToFrozenDictionary();

    /// <summary>What an option of this name measures.</summary>
    /// <param name="name">The option's full name with hyphens, e.g. <c>carrier-frequency</c> or <c>snr-decibels</c>.</param>
    /// <returns>The dimension; <see cref="None"/> where the name says none.</returns>
    public static PhysicalDimension Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = name.Split('-');
        var lastTwo = string.Join('-', words.TakeLast(2));
        return ByLastWord.GetValueOrDefault(lastTwo) ?? ByLastWord.GetValueOrDefault(words[^1]) ?? None;
    }

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">A number and a unit, e.g. <c>5.3 GHz</c>.</param>
    /// <param name="value">The value in the SI unit.</param>
    /// <returns>What is wrong with the text, or null.</returns>
    public string? Parse(string text, out double value)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.Length;
        while (digits > 0 && !(double.TryParse(text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)))
        {
            digits--;
        }
        var unit = text[digits..].Trim();
        if (digits == 0)
        {
            value = double.NaN;
            return $"'{text}' is not {Name}; write it like '{Example}'.";
        }
        value = double.Parse(text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (Units.Count == 0)
        {
            return unit.Length == 0 ? null : $"'{text}' has the unit '{unit}', but this is a pure number; write it like '{Example}'.";
        }
        if (unit.Length == 0)
        {
            return $"'{text}' lacks a unit; {Name} is written like '{Example}' ({Permitted()}).";
        }
        var index = Units.ToList().FindIndex(candidate => candidate.Key == unit);
        if (index < 0)
        {
            return $"'{text}' has the unit '{unit}', but {Name} is measured in {Permitted()}.";
        }
        value = Scale(text[..digits], value, Units[index].Value);
        return null;
    }

    // Powers of ten go into the exponent of the text, so that 0.1 us is the very double that 1e-7 is.
    private static double Scale(string number, double value, double size)
    {
        var exponent = (int)Math.Round(Math.Log10(size));
        return double.Parse($"1e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture) == size && number.IndexOfAny(['e', 'E']) < 0
            ? double.Parse($"{number.Trim()}e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture)
            : value * size;
    }

    private string Permitted() => string.Join(", ", Units.Select(unit => unit.Key));
}
