namespace Tests.Support;

/// <summary>The folder of the solution, found from where the tests run.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "sim.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"There is no sim.sln above {AppContext.BaseDirectory}.");
    }
}
