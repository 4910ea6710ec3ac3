using Feedback.Models;
using Feedback.Neural.Codewords;
using Feedback.Neural.CsiNet;
using Feedback.Neural.Training;
using Simulator;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Feedback.Neural;

/// <summary>A network small enough to be trained within a test, on channels with something to learn.</summary>
internal static class TinyTraining
{
    public static readonly CsiDimensions Dimensions = new(16, 1, new AntennaArray(8));

    public static readonly CsiNetArchitecture Architecture = new() { Delays = 8, Antennas = 8, Codeword = 16, TerminalSlope = 1 };

    public static readonly TrainingRecipe Recipe = new()
    {
        Steps = 30, Batch = 16, ChunkDrops = 64, Passes = 2, ValidationDrops = 64, ValidateEvery = 5, TestDrops = 32, WarmUp = 5, Averaging = 0.9,
        LearningRate = 3e-3,
    };

    public static AngularDelayTransform Transform => new(Dimensions.Array, Dimensions.Subcarriers, Architecture.Delays);

    public static TrainingDrops Drops(long seed = 1, IChannelModel? channel = null) =>
        new(channel ?? new FewDirections(), new ResourceGrid(16, 1e6), Transform, seed);

    public static CodewordFeedback Scheme(ulong seed = 1) =>
        new(Dimensions, new CodewordOptions(), FeedbackCases.Untrained<CodewordModel>(Architecture, seed));

    public static float[] Weights(nn.Module network) =>
        [.. network.parameters().SelectMany(parameter => parameter.detach().flatten().data<float>().ToArray())];

    /// <summary>Channels in a fixed subspace of four complex dimensions: a codeword of sixteen values holds all of it.</summary>
    public sealed class FewDirections : IChannelModel
    {
        public ChannelDrop Draw(int batch, ResourceGrid grid, Generator random)
        {
            using var scope = NewDisposeScope();
            using var fixedRandom = new Generator(99);
            var directions = randn([4, 8 * 8 * 2], dtype: ScalarType.Float64, generator: fixedRandom).reshape(4, 8, 1, 8, 2);
            var gains = randn([batch + 8, 4, 2], dtype: ScalarType.Float64, generator: random).narrow(0, 0, batch);
            var crops = einsum("bk,kdra->bdra", view_as_complex(gains).to(ScalarType.ComplexFloat32), view_as_complex(directions).to(ScalarType.ComplexFloat32));
            var channel = Transform.Restore(crops).reshape(batch, 1, 1, 16, 1, 8);
            return ChannelDrop.Normalise(channel, Normalisation.Drop).MoveToOuterDisposeScope();
        }
    }
}
