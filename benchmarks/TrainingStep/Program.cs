using System.Diagnostics;
using System.Globalization;
using TrainingStep;
using static TorchSharp.torch;

// Reads numbers of steps from the input and answers each with the seconds that every single step took, so that
// compare.py can take turns between this process and its counterpart in Python.
const int Batch = 200;
using var network = new Network();
using var optimizer = optim.Adam(network.parameters(), lr: 1e-3);
using var input = rand([Batch, 2, 32, 32]);

while (Console.In.ReadLine() is { } line)
{
    var seconds = new List<string>();
    for (var steps = int.Parse(line, CultureInfo.InvariantCulture); steps > 0; steps--)
    {
        var start = Stopwatch.GetTimestamp();
        Step();
        seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
    }
    Console.WriteLine(string.Join(' ', seconds));
}

void Step()
{
    using var scope = NewDisposeScope();
    optimizer.zero_grad();
    var loss = nn.functional.mse_loss(network.call(input), input);
    loss.backward();
    optimizer.step();
}
