using Feedback.Fitting;
using Feedback.Models;
using Simulator;
using static TorchSharp.torch;

namespace Feedback.Eigen;

/// <summary>Eigenvectors of the covariance of crops: y = Uᴴx for the crop x of every receive antenna, and x̂ = Uy.</summary>
/// <remarks>
/// The terminal's products are of whole batches of a fixed number of reports, filled with zeros, so that a report is rounded alike whatever stands beside it.
/// The base station adds up the eigenvectors whose coefficients are not zero, so that neither batch nor threads matter.
/// </remarks>
public sealed class EigenBasis : ICropBasis
{
    internal const string VectorsKey = "klt.vectors";
    private const int Batch = 8;
    private readonly float[] vectors;
    private readonly Lazy<double[]> columns;
    private readonly int delays;
    private readonly int receive;
    private readonly int ports;

    /// <summary>Takes the basis out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <exception cref="InvalidModelException">The model has no such basis.</exception>
    public EigenBasis(FittedTables model, CsiDimensions dimensions)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dimensions);
        (receive, ports) = (dimensions.ReceiveAntennas, dimensions.TransmitAntennas);
        var shape = model.Shape(VectorsKey);
        delays = (int)shape[0] / ports;
        Components = (int)shape[1];
        vectors = model.Reals(VectorsKey);
        columns = new(Columns);
        if (delays * ports != shape[0] || vectors.Length != 2 * shape[0] * shape[1])
            throw new InvalidModelException($"The basis of the model '{model.Name}' is not for {ports} antennas.");
    }

    /// <summary>K, number of eigenvectors.</summary>
    public int Components { get; }

    /// <inheritdoc/>
    public int Values => 2 * Components * receive;

    private int CropValues => 2 * delays * receive * ports;

    /// <inheritdoc/>
    public float[] Analyse(float[] crops, int count)
    {
        using var scope = NewDisposeScope();
        var adjoint = Vectors().conj().resolve_conj();                                      // [D·A, K]
        return InBatches(crops, count, CropValues, Values, batch => view_as_real(
            view_as_complex(batch.reshape(Batch, delays, receive, ports, 2)).transpose(1, 2).reshape(Batch * receive, delays * ports)   // [N·R, D·A]
                .matmul(adjoint).reshape(Batch, receive, Components).transpose(1, 2).contiguous()));                                  // [N, K, R]
    }

    /// <inheritdoc/>
    public float[] Synthesise(float[] values, int count)
    {
        ArgumentNullException.ThrowIfNull(values);
        var results = new float[count * CropValues];
        var crop = new double[2 * delays * ports];
        for (var n = 0; n < count; n++)
        {
            for (var antenna = 0; antenna < receive; antenna++)
            {
                Array.Clear(crop);
                for (var k = 0; k < Components; k++)
                {
                    var place = 2 * ((n * Components + k) * receive + antenna);
                    Add(crop, k, values[place], values[place + 1]);
                }
                for (var bin = 0; bin < delays * ports; bin++)
                {
                    var target = n * CropValues + 2 * ((bin / ports * receive + antenna) * ports + bin % ports);
                    (results[target], results[target + 1]) = ((float)crop[bin], (float)crop[delays * ports + bin]);
                }
            }
        }
        return results;
    }

    // Most coefficients are zero, and so cost nothing.
    private void Add(Span<double> crop, int component, double real, double imaginary)
    {
        if (real == 0 && imaginary == 0)
            return;
        var bins = delays * ports;
        var along = columns.Value.AsSpan(2 * component * bins, bins);
        var across = columns.Value.AsSpan((2 * component + 1) * bins, bins);
        var realCrop = crop[..bins];
        var imaginaryCrop = crop[bins..];
        VectorSums.AddScaled(realCrop, along, real);
        VectorSums.AddScaled(realCrop, across, -imaginary);
        VectorSums.AddScaled(imaginaryCrop, across, real);
        VectorSums.AddScaled(imaginaryCrop, along, imaginary);
    }

    // Real parts of an eigenvector, then its imaginary parts, eigenvector after eigenvector.
    private double[] Columns()
    {
        var bins = delays * ports;
        var turned = new double[vectors.Length];
        for (var bin = 0; bin < bins; bin++)
        {
            for (var k = 0; k < Components; k++)
            {
                turned[2 * k * bins + bin] = vectors[2 * (bin * Components + k)];
                turned[(2 * k + 1) * bins + bin] = vectors[2 * (bin * Components + k) + 1];
            }
        }
        return turned;
    }

    private Tensor Vectors() => view_as_complex(tensor(vectors, [delays * ports, Components, 2]));

    private static float[] InBatches(float[] values, int count, int length, int made, Func<Tensor, Tensor> product)
    {
        var results = new float[count * made];
        for (var first = 0; first < count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var here = Math.Min(Batch, count - first);
            var padded = new float[Batch * length];
            values.AsSpan(first * length, here * length).CopyTo(padded);
            product(tensor(padded)).data<float>().ToArray().AsSpan(0, here * made).CopyTo(results.AsSpan(first * made));
        }
        return results;
    }
}
