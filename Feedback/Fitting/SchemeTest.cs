using System.Diagnostics;
using Simulator;
using Simulator.Metrics;
using Simulator.Precoding;
using static TorchSharp.torch;

namespace Feedback.Fitting;

/// <summary>Measures a scheme on channels known perfectly, through its real messages.</summary>
public sealed class SchemeTest
{
    /// <summary>The SNR at which spectral efficiency is measured [dB].</summary>
    public const double SnrDecibels = 10;

    private static readonly double NoiseVariance = Math.Pow(10, -SnrDecibels / 10);
    private readonly IFeedbackScheme scheme;
    private readonly LinkSimulation link;
    private readonly List<(long Reports, double Encode, double Decode)> times = [];
    private double bits;
    private double estimate;
    private double error;
    private double rho;
    private double rate;

    private SchemeTest(IFeedbackScheme scheme, AngularDelayTransform transform)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        (this.scheme, link) = (scheme, new LinkSimulation(transform, streams: 1));
    }

    private SchemeFigures Figures
    {
        get
        {
            var count = times.Sum(time => time.Reports);
            // The first portion compiles code and fills pools.
            var timed = times.Count > 1 ? times[1..] : times;
            double Milliseconds(double seconds) => 1e3 * seconds / timed.Sum(time => time.Reports);
            return new(
                bits / count, estimate / count, error / count, rho / count, rate / count, Milliseconds(timed.Sum(time => time.Encode)), Milliseconds(timed.Sum(time => time.Decode)));
        }
    }

    /// <summary>Encodes and decodes channels.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="transform">The angular-delay domain.</param>
    /// <param name="channels">Portions of channels of mean power 1, H, complex64 <c>[n, S, R, A]</c>; borrowed.</param>
    /// <returns>Means over all of them.</returns>
    public static SchemeFigures Run(IFeedbackScheme scheme, AngularDelayTransform transform, IEnumerable<Tensor> channels) => Run([scheme], transform, channels)[0];

    /// <summary>Encodes and decodes each portion of channels, drawn once, with all of several schemes.</summary>
    /// <param name="schemes">The schemes.</param>
    /// <param name="transform">The angular-delay domain.</param>
    /// <param name="channels">Portions of channels of mean power 1, H, complex64 <c>[n, S, R, A]</c>; borrowed.</param>
    /// <returns>Means over all of them, for each scheme.</returns>
    public static IReadOnlyList<SchemeFigures> Run(IEnumerable<IFeedbackScheme> schemes, AngularDelayTransform transform, IEnumerable<Tensor> channels)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        ArgumentNullException.ThrowIfNull(channels);
        var tests = schemes.Select(scheme => new SchemeTest(scheme, transform)).ToList();
        foreach (var portion in channels)
        {
            using var features = new ChannelFeatures();
            tests.ForEach(test => test.Add(portion, features));
        }
        return [.. tests.Select(test => test.Figures)];
    }

    private void Add(Tensor channels, ChannelFeatures features)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (reports, user) = (channels.shape[0], ones([channels.shape[0], 1], dtype: ScalarType.Float64));
        var measurement = new Measurement(channels.unsqueeze(1), zeros([reports], dtype: ScalarType.Float64));
        var watch = Stopwatch.StartNew();
        var messages = Encode(measurement);
        var encode = watch.Elapsed.TotalSeconds;
        var report = scheme.Decode(messages);
        times.Add((reports, encode, watch.Elapsed.TotalSeconds - encode));
        var delivered = tensor(messages.Select(message => (long)message.Length).ToArray());
        var drop = new ChannelDrop(channels.unsqueeze(1).unsqueeze(1), user);              // [n, 1, 1, S, R, A]
        var outcome = link.Transmit(drop, new FeedbackExchange(report, delivered), new MaximumRatio(), NoiseVariance, features);
        bits += messages.Sum(message => (double)message.Length);
        error += Sum(new CroppedNormalizedMeanSquareError(), outcome);
        rho += Sum(new CosineSimilarity(), outcome);
        rate += Sum(new SpectralEfficiency(), outcome);
    }

    private static double Sum(IMetric metric, LinkOutcome outcome)
    {
        using var scope = NewDisposeScope();
        return metric.Evaluate(outcome).sum().item<double>();
    }

    private IReadOnlyList<BitString> Encode(Measurement measurement)
    {
        if (scheme is not IModelledScheme modelled)
        {
            estimate = double.NaN;
            return scheme.Encode(measurement);
        }
        var counted = modelled.EncodeCounted(measurement);
        estimate += counted.Sum(found => found.Ideal);
        return [.. counted.Select(found => found.Message)];
    }
}
