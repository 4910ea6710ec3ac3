namespace Tests.Support;

/// <summary>Files of Tests/Reference.</summary>
internal static class ReferenceFile
{
    /// <summary>The path of a file of another MATLAB writer.</summary>
    public static string Mat(string name) => Path.Combine(AppContext.BaseDirectory, "Reference", "Mat", name);

    /// <summary>The path of a table of COST 2100 drops.</summary>
    public static string Cost2100(string scenario) => Path.Combine(AppContext.BaseDirectory, "Reference", "Cost2100", scenario + ".csv");
}
