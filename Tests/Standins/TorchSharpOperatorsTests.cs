using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using TorchSharp;

namespace Tests.Standins;

/// <summary>Of the stand-in alone: every operator that it names is one of the libtorch found here.</summary>
public sealed class TorchSharpOperatorsTests
{
    [Fact]
    public void Exists_EveryOperatorNamed_IsTrue()
    {
        MethodInfo? exists = typeof(torch).Assembly.GetType("TorchSharp.Aten")?.GetMethod("Exists");
        if (exists is null) return; // the real package, which links its operators

        var named = Strings(typeof(torch).Assembly.Location).Where(s => s.StartsWith("aten::", StringComparison.Ordinal)).ToList();
        var missing = named.Where(op => !(bool)exists.Invoke(null, [op])!).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Strings(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            yield return metadata.GetUserString(handle);
    }
}
