using System.Globalization;
using Experiments.Configuration;

namespace Experiments.Running;

/// <summary>Keeps two processes out of one results folder, unless each does its own share of the tasks.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly List<FileStream> held = [];

    /// <summary>Takes the folder.</summary>
    /// <param name="folder">The experiment's folder; it exists.</param>
    /// <param name="task">Which share, from 1.</param>
    /// <param name="of">Number of shares; 1 takes the whole folder.</param>
    /// <exception cref="BadInputException">Another process works there.</exception>
    public FolderLock(string folder, int task, int of)
    {
        var whole = Path.Combine(folder, ".lock");
        try
        {
            if (of == 1)
            {
                held.Add(new FileStream(whole, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
                return;
            }
            using (new FileStream(whole, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                // Only makes the file: a shared lock needs one to be there.
            }
            held.Add(new FileStream(whole, FileMode.Open, FileAccess.Read, FileShare.Read));
            var share = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".lock-{task}-of-{of}"));
            held.Add(new FileStream(share, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            Dispose();
            throw new BadInputException(
                $"{folder}: another process works in this results folder; wait for it, choose another --out, or give each process its own --task I --of N.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in held)
        {
            stream.Dispose();
        }
    }
}
