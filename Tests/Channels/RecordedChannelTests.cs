using Channels;
using Simulator;
using Simulator.Files;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests.Channels;

/// <summary>Channels from files: order, shapes, and everything that can be wrong with a file.</summary>
[DisposesItsTensors]
public sealed class RecordedChannelTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".npy");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Read_WholeFileInBlocks_EveryDropOnceInOrder()
    {
        using var scope = NewDisposeScope();
        var recorded = Gaussian.Draw(1, 10, 6, 4);                                                  // [N, S, A]
        NpyWriter.Write(path, recorded);
        var model = Model(array: 4);
        Assert.Equal(10, model.Count);
        var grid = new ResourceGrid(6, 20e6);
        var read = cat([model.Read(0, 4, grid).Channel, model.Read(4, 4, grid).Channel, model.Read(8, 2, grid).Channel], 0);
        Assert.Equal([10, 1, 1, 6, 1, 4], read.shape);
        Assert.True(read.reshape(10, 6, 4).Equals(recorded));
    }

    [Fact]
    public void Read_SeveralUsers_ConsecutiveEntries()
    {
        using var scope = NewDisposeScope();
        var recorded = Gaussian.Draw(1, 7, 6, 2, 4);                                                // [N, S, R, A]
        NpyWriter.Write(path, recorded);
        var model = Model(array: 4, users: 3, receive: 2);
        Assert.Equal(2, model.Count);
        var read = model.Read(1, 1, new ResourceGrid(6, 20e6)).Channel;
        Assert.True(read.reshape(3, 6, 2, 4).Equals(recorded.narrow(0, 3, 3)));
    }

    [Fact]
    public void Draw_Generator_DistinctRecordedDrops()
    {
        using var scope = NewDisposeScope();
        NpyWriter.Write(path, Gaussian.Draw(1, 5, 2, 1, 6, 1, 4));                                  // [N, T, U, S, R, A]
        var drop = Model(array: 4).Draw(5, new ResourceGrid(6, 20e6, slots: 2), new Generator(2));
        Assert.Equal(5, Dense.Values(drop.Channel.real.flatten(1).select(1, 0)).Distinct().Count());
    }

    [Fact]
    public void Read_BeyondTheEnd_SaysHowManyThereAre()
    {
        using var scope = NewDisposeScope();
        NpyWriter.Write(path, Gaussian.Draw(1, 5, 6, 4));
        var error = Assert.ThrowsAny<IOException>(() => Model(array: 4).Read(3, 4, new ResourceGrid(6, 20e6)));
        Assert.Contains("holds 5 as drops; the scenario needs at least 7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<c8", "False", "(2, 3, 4)", 191, "is cut short")]
    [InlineData("<c8", "False", "(2, 3, 4)", 193, "is too long")]
    [InlineData("<c8", "True", "(2, 3, 4)", 192, "Fortran order")]
    [InlineData(">c8", "False", "(2, 3, 4)", 192, "type '>c8'; permitted are <c8")]
    [InlineData("<i4", "False", "(2, 3, 4)", 96, "type '<i4'")]
    [InlineData("<f4", "False", "(2, 3, 4)", 96, "last axis must have length 2")]
    [InlineData("<c8", "False", "(2, 3, 0)", 0, "at least 1")]
    [InlineData("<c8", "False", "(2, 12)", 192, "[N, S, A]")]
    [InlineData("<c8", "False", "(2, 2, 6)", 192, "6 as transmit antennas; the scenario needs 4")]
    public void Constructor_BadFile_SaysWhatAndWhatIsPermitted(string type, string order, string shape, int bytes, string expected)
    {
        WriteRaw(1, type, order, shape, new byte[bytes]);
        var error = Assert.ThrowsAny<IOException>(() => Model(array: 4));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Constructor_NotFinite_SaysWhere(float value)
    {
        var values = new float[2 * 3 * 4 * 2];
        values[30] = value;
        WriteRaw(1, "<c8", "False", "(2, 3, 4)", [.. values.SelectMany(BitConverter.GetBytes)]);
        var error = Assert.ThrowsAny<IOException>(() => Model(array: 4));
        Assert.Contains("in row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoNpyFile_Refused()
    {
        File.WriteAllText(path, "H,1,2,3");
        Assert.Contains("is not an .npy file", Assert.Throws<NpyFormatException>(() => NpyFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "<c16", "(1, 2)")]
    [InlineData(2, "<f8", "(1, 2, 2)")]
    [InlineData(3, "<f8", "(1, 2, 2)")]
    public void Rows_DoublePrecisionAndPairs_SameNumbers(byte version, string type, string shape)
    {
        using var scope = NewDisposeScope();
        WriteRaw(version, type, "False", shape, [.. new[] { 1.0, -2.0, 3.5, 0.25 }.SelectMany(BitConverter.GetBytes)]);
        var file = NpyFile.Open(path);
        Assert.Equal([1, 2], file.Shape);
        Assert.Equal([1.0, -2.0, 3.5, 0.25], Dense.Values(view_as_real(file.Rows(0, 1)).flatten()));
    }

    [Fact]
    public void Write_Incomplete_LeavesNothing()
    {
        using var scope = NewDisposeScope();
        using (var writer = new NpyWriter(path, 3, 2))
        {
            writer.Append(Gaussian.Draw(1, 2, 2));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }
        Assert.False(File.Exists(path));
        Assert.False(File.Exists(path + ".part"));
    }

    private RecordedChannel Model(int array, int users = 1, int receive = 1) => new(new RecordedOptions
    {
        Path = path,
        Users = users,
        ReceiveAntennas = receive,
        Array = new AntennaArray(array),
        Normalisation = Normalisation.Model,
    });

    private void WriteRaw(byte version, string type, string order, string shape, byte[] data) => NpyBytes.Write(path, version, type, order, shape, data);
}
