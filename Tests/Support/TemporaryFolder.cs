namespace Tests.Support;

/// <summary>An empty folder that is gone when the test is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sim-test-");

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>The full path.</returns>
    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>The names of all files in the folder, hidden ones included.</summary>
    public IReadOnlyList<string> Files => [.. folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}
