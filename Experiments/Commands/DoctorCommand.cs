using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Commands;

/// <summary><c>sim doctor</c>: whether this machine is set up to be fast.</summary>
public static class DoctorCommand
{
    private const int MatrixSize = 1024;
    private const double SlowestPerProcessor = 8;

    /// <summary>Builds the command.</summary>
    /// <returns>The command with its arguments and action.</returns>
    public static Command Create()
    {
        var command = new Command("doctor", "Shows versions, devices and threads, measures a matrix product and says what to install if it is slow.\n\nExample: sim doctor");
        command.SetAction(parsed => Examine(parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Examine(TextWriter output)
    {
        void Line(string name, string value) => output.WriteLine($"{name,-18}{value}");
        Line("sim", typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3) ?? "");
        Line("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        Line("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Line("tensor library", $"{typeof(torch).Assembly.GetName()} at {typeof(torch).Assembly.Location}");
        Line("OMP_WAIT_POLICY", Variable("OMP_WAIT_POLICY", "not set; 'passive' is several times faster where processors are shared"));
        Line("OMP_NUM_THREADS", Variable("OMP_NUM_THREADS", "not set"));
        Line("BLAS", BlasLibrary());
        try
        {
            return ExamineTensors(Line, output);
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            output.WriteLine($"libtorch cannot be loaded: {exception.GetBaseException().Message.Split('\n')[0]}");
            output.WriteLine("On Debian: apt-get install libtorch-dev libopenblas0-openmp; elsewhere choose a package by Torch=cpu, cuda-linux or cuda-windows.");
            return CommandLine.SomeFailed;
        }
    }

    private static int ExamineTensors(Action<string, string> line, TextWriter output)
    {
        line("libtorch", __version__);
        line("devices", cuda.is_available() ? $"cpu, cuda ({cuda.device_count()})" : "cpu");
        set_num_threads(Environment.ProcessorCount);
        line("threads", get_num_threads().ToString(CultureInfo.InvariantCulture));
        var speed = MeasureProduct();
        line("matrix product", string.Create(CultureInfo.InvariantCulture, $"{speed:0.0} GFLOP/s (float32, {MatrixSize} x {MatrixSize}, best of 5)"));
        if (speed < SlowestPerProcessor * Environment.ProcessorCount)
        {
            output.WriteLine("This is slow: a good BLAS gives 20 GFLOP/s a processor and more. On Debian: apt-get install libopenblas0-openmp,");
            output.WriteLine("then update-alternatives --config libblas.so.3-x86_64-linux-gnu, and see that nothing else is running.");
        }
        return CommandLine.Done;
    }

    private static double MeasureProduct()
    {
        using var scope = NewDisposeScope();
        var left = ones(MatrixSize, MatrixSize);
        var right = ones(MatrixSize, MatrixSize);
        var best = double.PositiveInfinity;
        matmul(left, right);
        for (var repetition = 0; repetition < 5; repetition++)
        {
            var watch = Stopwatch.StartNew();
            matmul(left, right);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return 2 * Math.Pow(MatrixSize, 3) / best / 1e9;
    }

    private static string BlasLibrary()
    {
        const string Alternative = "/etc/alternatives/libblas.so.3-x86_64-linux-gnu";
        return File.ResolveLinkTarget(Alternative, returnFinalTarget: true)?.FullName ?? "of the tensor library";
    }

    private static string Variable(string name, string absent) => Environment.GetEnvironmentVariable(name) ?? absent;
}
