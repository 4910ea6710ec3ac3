using System.Diagnostics;
using System.Globalization;
using TrainingStep;

// Reads numbers of steps from the input and answers each with the seconds that every single step took, so that
// compare.py can take turns between this process and its counterpart in Python.
Action step = args is ["hybrid", var model] ? new HybridStep(model).Run : new CsiNetStep().Run;

while (Console.In.ReadLine() is { } line)
{
    var seconds = new List<string>();
    for (var steps = int.Parse(line, CultureInfo.InvariantCulture); steps > 0; steps--)
    {
        var start = Stopwatch.GetTimestamp();
        step();
        seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
    }
    Console.WriteLine(string.Join(' ', seconds));
}
