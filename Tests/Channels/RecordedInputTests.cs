using Tests.Experiments.Configuration;
using Tests.Support;

namespace Tests.Channels;

/// <summary>Input files that name bad recordings: the whole of each message and its place.</summary>
[DisposesItsTensors]
public sealed class RecordedInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("empty.npy", ": {file} is empty, 0 bytes long.")]
    [InlineData("empty.mat", ": {file} is empty, 0 bytes long.")]
    [InlineData("nothing.npy", ": the file '{file}' does not exist")]
    [InlineData("folder.npy", ": '{file}' is a folder (in {input}); permitted: a file.")]
    [InlineData("text.npy", ": {file} is not an .npy file: it does not begin with \\x93NUMPY.")]
    [InlineData("text.mat", ": {file} is not a .mat file of level 5: it does not begin with 128 bytes that start with 'MATLAB'.")]
    [InlineData("cut.npy", ": {file} is cut short: shape (2, 64, 8) of <c8 takes 8192 bytes, found 8191.")]
    [InlineData("long.npy", ": {file} is too long: shape (2, 64, 8) of <c8 takes 8192 bytes, found 8193.")]
    [InlineData("wrapped.npy", ": {file} is cut short: shape (2, 4611686018427387904, 8) of <c8 takes 590295810358705651712 bytes, found 0.")]
    [InlineData("nan.npy", ": {file} holds NaN in row 1; every entry must be finite in single precision.")]
    [InlineData("integer.npy", ": {file} holds elements of type '<i4'; permitted are <c8 (complex64), <c16 (complex128), and <f4 or <f8 with a last axis of real and imaginary part.")]
    [InlineData("fortran.npy", ": {file} is in Fortran order; C order is read: save numpy.ascontiguousarray(x).")]
    [InlineData("real.npy", ": {file} holds real numbers of shape (2, 64, 8); their last axis must have length 2, real and imaginary part.")]
    [InlineData("turned.npy", ": {file} holds 64 as transmit antennas; the scenario needs 8.")]
    [InlineData("flat.npy", ": {file} holds (2, 512) as shape; the scenario needs [N, S, A], [N, S, R, A] or [N, T, U, S, R, A].")]
    public void Read_BadFile_ErrorAtItsPath(string name, string message)
    {
        Make(name);
        Assert.Equal(Whole("path", message, folder[name]), Errors(folder[name], ""));
    }

    [Theory]
    [InlineData("plain.mat", "variable: G", ": {file} has no variable 'G'; found: H (3 x 4 x 2 complex double), note (1 x 20 char), parts (1 x 1 struct).")]
    [InlineData("plain.mat", "variable: note", ": {file}: 'note' is of class char; permitted are full arrays of double, single or integer numbers.")]
    [InlineData("plain.mat", "variable: H", ": {file} holds 2 as transmit antennas; the scenario needs 8.")]
    [InlineData("classes.mat", "variable: sign", ": {file} holds real numbers; channels are complex (real rows around 0.5 are read with 'layout: csinet').")]
    [InlineData("nan.mat", "variable: H", ": {file}: 'H' holds NaN in row 1; every entry must be finite in single precision.")]
    [InlineData("csinet.mat", "layout: csinet", ": {file} holds real numbers of shape (3, 256); the CsiNet layout with 8 antennas has [N, 512] real (HT) or [N, 1000] complex numbers (HF_all).")]
    public void Read_MatFileThatDoesNotFit_ErrorAtItsPath(string name, string option, string message) =>
        Assert.Equal(Whole("path", message, ReferenceFile.Mat(name)), Errors(ReferenceFile.Mat(name), option));

    [Theory]
    [InlineData("plain.mat", 300, ": {file} is cut short: the element at byte 128 takes 448 bytes, found 164.")]
    [InlineData("compressed.mat", 175, ": {file} is cut short: the element at byte 128 takes 146 bytes, found 39.")]
    public void Read_MatFileCut_ErrorAtItsPath(string name, int length, string message)
    {
        File.WriteAllBytes(folder["cut.mat"], File.ReadAllBytes(ReferenceFile.Mat(name))[..length]);
        Assert.Equal(Whole("path", message, folder["cut.mat"]), Errors(folder["cut.mat"], ""));
    }

    [Theory]
    [InlineData(73, "it ends within a variable")]
    [InlineData(144, "compressed data do not agree with their checksum or are none")]
    public void Read_CompressedStreamCutOrDamaged_ErrorAtItsPath(int kept, string reason)
    {
        // The element says that it is as long as it is, but its stream ends early or its checksum is another's.
        var whole = File.ReadAllBytes(ReferenceFile.Mat("compressed.mat"));
        byte[] head = [.. whole[..132], .. BitConverter.GetBytes(kept == 144 ? 146 : kept)];
        File.WriteAllBytes(folder["cut.mat"], [.. head, .. whole[136..(136 + kept)], .. kept == 144 ? new byte[2] : []]);
        Assert.Equal(Whole("path", $": {{file}} is cut short or damaged: {reason}.", folder["cut.mat"]), Errors(folder["cut.mat"], ""));
    }

    [Fact]
    public void Read_VariableOfAnNpyFile_ErrorAtItsPath()
    {
        Make("good.npy");
        Assert.Equal(
            Whole("path", ": {file} is no .mat file and has no variable 'H'; an .npy file holds one array without a name.", folder["good.npy"]),
            Errors(folder["good.npy"], "variable: H"));
    }

    [Fact]
    public void Read_UnknownLayout_ErrorAtIt()
    {
        Make("good.npy");
        Assert.EndsWith(": scenarios.rich.layout: 'matlab' is not permitted; permitted: channels, csinet.", Errors(folder["good.npy"], "layout: matlab"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooFewDrops_ErrorAtTheirNumber()
    {
        Make("good.npy");
        Assert.Equal("input.yaml:9:81: experiments.first.drops: 64 drops are asked for, but the recording of scenario 'rich' has 2.", Errors(folder["good.npy"], ""));
    }

    [Fact]
    public void Read_EmptyPath_SaidOnce() =>
        Assert.Equal("input.yaml:3:36: scenarios.rich.path: found no value where a text is expected.", Errors("", ""));

    private static string Whole(string key, string message, string file) =>
        $"input.yaml:3:36: scenarios.rich.{key}" + message.Replace("{file}", file, StringComparison.Ordinal);

    private static string Errors(string path, string option)
    {
        var channel = $"channel: recorded, path: '{path}'{(option.Length > 0 ? $", {option}" : "")}";
        var errors = Inputs.Errors(Inputs.Valid.Replace("channel: rayleigh", channel, StringComparison.Ordinal));
        return System.Text.RegularExpressions.Regex.Replace(errors, @"\(in [^)]*\)", "(in {input})");
    }

    private void Make(string name)
    {
        static byte[] Numbers(float last) => [.. Enumerable.Repeat(1f, 2 * 64 * 8 * 2 - 1).Append(last).SelectMany(BitConverter.GetBytes)];
        var (type, order, shape, data) = name switch
        {
            "cut.npy" => ("<c8", "False", "(2, 64, 8)", Numbers(1)[..^1]),
            "long.npy" => ("<c8", "False", "(2, 64, 8)", [.. Numbers(1), 0]),
            "wrapped.npy" => ("<c8", "False", "(2, 4611686018427387904, 8)", []),
            "nan.npy" => ("<c8", "False", "(2, 64, 8)", Numbers(float.NaN)),
            "integer.npy" => ("<i4", "False", "(2, 64, 8, 2)", Numbers(1)),
            "fortran.npy" => ("<c8", "True", "(2, 64, 8)", Numbers(1)),
            "real.npy" => ("<f4", "False", "(2, 64, 8)", Numbers(1)[..4096]),
            "turned.npy" => ("<c8", "False", "(2, 8, 64)", Numbers(1)),
            "flat.npy" => ("<c8", "False", "(2, 512)", Numbers(1)),
            _ => ("<c8", "False", "(2, 64, 8)", Numbers(1)),
        };
        if (name.StartsWith("empty", StringComparison.Ordinal))
            File.WriteAllBytes(folder[name], []);
        else if (name.StartsWith("text", StringComparison.Ordinal))
            File.WriteAllText(folder[name], "1, 2, 3\n");
        else if (name.StartsWith("folder", StringComparison.Ordinal))
            Directory.CreateDirectory(folder[name]);
        else if (name != "nothing.npy")
            NpyBytes.Write(folder[name], 1, type, order, shape, data);
    }
}
