using System.Globalization;
using Experiments.Configuration;

namespace Experiments.Planning;

/// <summary>How an estimator is written in results: its name and options, e.g. <c>noisy 10 dB</c>.</summary>
internal static class EstimatorLabel
{
    public static string Of(string name, object options, OptionsBinder binder)
    {
        var values = binder.Describe(options).Select(option =>
            option.Key == "snr" ? string.Create(CultureInfo.InvariantCulture, $"{(double)option.Value!} dB") : $"{option.Key}={option.Value}");
        return string.Join(' ', values.Prepend(name));
    }
}
