using Channels;
using Simulator;
using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>The layouts of the public CsiNet data, against files made the way the public evaluation code reads them.</summary>
[DisposesItsTensors]
public sealed class CsiNetLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_CropsAndFrequencyResponses_SameChannels()
    {
        using var scope = NewDisposeScope();
        var crops = Model("csinet.mat").Read(0, 3, new ResourceGrid(257, 20.078125e6)).Channel;
        var frequency = Model("csinet-frequency.mat").Read(0, 3, new ResourceGrid(125, 9.765625e6)).Channel;
        Assert.Equal([3, 1, 1, 257, 1, 4], crops.shape);
        // Both come from rounding to single precision around 0.5: 3e-8 an entry, 128 entries in a sum.
        Assert.True((crops.narrow(3, 0, 125) - frequency).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Read_Crop_IsTheCropOfTheChannel()
    {
        using var scope = NewDisposeScope();
        var array = new AntennaArray(4);
        var channel = Model("csinet.mat").Read(0, 3, new ResourceGrid(257, 20e6)).Channel;
        var crop = new AngularDelayTransform(array, 257, 32).Crop(channel).reshape(3, 32, 4);
        var rows = MatFile.Read(ReferenceFile.Mat("csinet.mat")).Rows(0, 3);
        // [real/imaginary][angle][delay]: entry 1·128 + 2·32 + 5 is the imaginary part of angle 2, delay 5.
        Assert.Equal(rows[1, 128 + 64 + 5].item<float>() - 0.5, crop[1, 5, 2].imag.item<float>(), 1e-6);
        Assert.True((CsiNetLayout.ToRows(crop, 1) - rows).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void ToRows_FromRows_AreInverse()
    {
        using var scope = NewDisposeScope();
        var crops = Gaussian.Draw(1, 5, 32, 6);
        var rows = CsiNetLayout.ToRows(crops, 0.1);
        Assert.Equal([5, 2 * 6 * 32], rows.shape);
        Assert.True((CsiNetLayout.FromRows(rows, 6) / 0.1 - crops).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Constructor_RowsOfAnotherSize_SaysWhatIsPermitted()
    {
        var error = Assert.Throws<RecordingMismatchException>(() => Model("csinet.mat", antennas: 32));
        Assert.Contains("holds real numbers of shape (3, 256); the CsiNet layout with 32 antennas has [N, 2048] real (HT) or [N, 4000] complex numbers (HF_all).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ValuesBeyondOne_Refused()
    {
        using var scope = NewDisposeScope();
        using (var writer = new NpyWriter(folder["a.npy"], ScalarType.Float32, 2, 256))
        {
            writer.Append(full([2, 256], -3f));
            writer.Complete();
        }
        var error = Assert.Throws<RecordingMismatchException>(() => new RecordedChannel(Options(folder["a.npy"], 4)));
        Assert.Contains("holds numbers as far as 3.5 from 0.5 in rows 0 to 1; HT lies in [0, 1] with zero at 0.5.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csinet.mat", "", "holds real numbers; channels are complex")]
    [InlineData("plain.mat", "", "2 as transmit antennas; the scenario needs 4")]
    [InlineData("plain.mat", "X", "has no variable 'X'; found: H")]
    public void Constructor_MatThatDoesNotFit_Refused(string name, string variable, string sentence)
    {
        var options = Options(ReferenceFile.Mat(name), 4) with { Layout = RecordedLayout.Channels, Variable = variable };
        Assert.Contains(sentence, Assert.ThrowsAny<IOException>(() => new RecordedChannel(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChannelsOfAMatFile_InOrder()
    {
        using var scope = NewDisposeScope();
        var model = new RecordedChannel(Options(ReferenceFile.Mat("plain.mat"), 2) with { Layout = RecordedLayout.Channels });
        Assert.Equal(3, model.Count);
        var channel = model.Read(2, 1, new ResourceGrid(4, 20e6)).Channel;
        Assert.Equal(211, Dense.Values(channel.real.flatten())[1 * 2 + 1]);
    }

    private static RecordedChannel Model(string name, int antennas = 4) => new(Options(ReferenceFile.Mat(name), antennas));

    private static RecordedOptions Options(string path, int antennas) => new()
    {
        Path = path,
        Layout = RecordedLayout.Csinet,
        Array = new AntennaArray(antennas),
        Normalisation = Normalisation.Model,
    };
}
