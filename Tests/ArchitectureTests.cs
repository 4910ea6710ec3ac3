using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Feedback.Fitting;
using Feedback.Neural;
using Tests.Support;
using static TorchSharp.torch;

namespace Tests;

/// <summary>The house rules that a machine can check.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostLines = 250;
    private const int MostMembers = 3;

    private static readonly string[] Projects = ["Simulator", "Channels", "Feedback", "Experiments"];

    public static TheoryData<string> ProductProjects => [.. Projects];

    public static TheoryData<string, string> BannedTexts => new()
    {
        { @"linalg\.inv\(|\.inverse\(|linalg\.pinv\(", "solve instead of inverting" },
        { @"Random\.Shared|new Random\(", "randomness is a generator that is handed in" },
        { @"torch\.manual_seed|random\.manual_seed", "the global generator is not ours" },
        { @"DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now", "time is a parameter" },
        { "#region|////", "no banners" },
        { @"\.cuda\(|\bCUDA\b", "code follows the device of its input" },
        { @"GetTypes\(|Activator\.", "plug-ins are named in the catalogues" },
        { @"(?<![.\w])Console\.", "only the command line speaks" },
    };

    [Theory]
    [InlineData("Simulator")]
    [InlineData("Channels", "Simulator")]
    [InlineData("Feedback", "Simulator")]
    [InlineData("Experiments", "Channels", "Feedback", "Simulator")]
    [InlineData("Tests", "Channels", "Experiments", "Feedback", "Simulator")]
    public void Project_References_AreTheAllowedArrows(string project, params string[] allowed)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, project, project + ".csproj"));
        var references = ProjectReference().Matches(text).Select(match => match.Groups[1].Value);
        Assert.Equal(allowed, references.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(ProductProjects))]
    public void Files_Length_Readable(string project) =>
        AssertNone(Sources(project).Where(file => file.Lines.Length >= MostLines).Select(file => $"{file.Name}: {file.Lines.Length} lines"));

    [Theory, MemberData(nameof(BannedTexts))]
    public void Files_BannedText_Absent(string pattern, string reason)
    {
        var found = Projects.SelectMany(Sources).Where(file => !SpeaksToTheTerminal(file.Name, pattern)).SelectMany(file =>
            file.Lines.Where(line => !IsComment(line) && Regex.IsMatch(line, pattern)).Select(line => $"{file.Name}: {line.Trim()}"));
        Assert.True(!found.Any(), $"{reason}: {string.Join("; ", found)}");
    }

    [Fact]
    public void Identifiers_Decibels_SpeltOut()
    {
        var found = Projects.SelectMany(Sources).SelectMany(file => file.Lines
            .Where(line => !IsComment(line) && DecibelIdentifier().IsMatch(StringLiteral().Replace(line, "\"\"")))
            .Select(line => $"{file.Name}: {line.Trim()}"));
        AssertNone(found);
    }

    [Fact]
    public void Types_Classes_SealedOrStatic() => AssertNone(Types()
        .Where(type => type is { IsClass: true, IsSealed: false })
        .Where(type => !(type.IsAbstract && type.IsSubclassOf(typeof(nn.Module))))
        .Select(type => type.FullName));

    [Fact]
    public void Types_StaticFields_ReadOnly() => AssertNone(Types()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field is { IsLiteral: false, IsInitOnly: false } && !field.Name.StartsWith('<'))
        .Select(field => $"{field.DeclaringType}.{field.Name}"));

    [Fact]
    public void Types_PublicSetters_OnlyInit() => AssertNone(Types().Where(type => type.IsVisible)
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(property => property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
        .Select(property => $"{property.DeclaringType}.{property.Name}"));

    [Fact]
    public void Types_Interfaces_AtMostThreeMembers() => AssertNone(Types()
        .Where(type => type is { IsInterface: true, IsPublic: true })
        .Where(type => type.GetMembers().Count(member => member is not MethodInfo { IsSpecialName: true }) > MostMembers)
        .Select(type => type.FullName));

    [Fact]
    public void Contracts_Files_LieAtTheRootOfTheirProject() => AssertNone(Assembly.Load("Simulator").GetTypes()
        .Where(type => type is { IsInterface: true, IsPublic: true })
        .Where(type => !File.Exists(Path.Combine(RepositoryRoot.Path, "Simulator", type.Name + ".cs")))
        .Select(type => type.FullName));

    [Fact]
    public void Implementations_OfContracts_AreInTheCatalogue()
    {
        var catalogues = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "Experiments", "Catalogues.cs"));
        var plugIns = Types().Where(type => type.IsClass && type.Assembly.GetName().Name != "Experiments" && type.GetInterfaces().Any(
            contract => contract.Assembly.GetName().Name == "Simulator" && contract.Name is not "IEquatable`1"));
        // A fitted scheme is built by what learns its model, which is named in its place.
        plugIns = plugIns.Where(type => !type.IsAssignableTo(typeof(IModelledScheme)))
            .Concat(Types().Where(type => type.IsClass && (type.IsAssignableTo(typeof(IModelFit)) || type.IsAssignableTo(typeof(INetworkArchitecture)))));
        AssertNone(plugIns.Where(type => !Regex.IsMatch(catalogues, $@"\b{type.Name}\b")).Select(type => type.FullName));
    }

    [Fact]
    public void Documentation_Citations_Resolve()
    {
        var references = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "references.md"));
        var missing = Projects.SelectMany(Sources).SelectMany(file => file.Lines
            .Where(IsComment).SelectMany(line => CitationKey().Matches(line)).Select(match => match.Value)
            .Where(key => !references.Contains($"- {key} ", StringComparison.Ordinal)).Select(key => $"{file.Name}: {key}"));
        AssertNone(missing.Distinct());
    }

    [Fact]
    public void Documentation_Tensors_StateTheirAxes()
    {
        var undocumented = Projects.SelectMany(Sources).Where(file => !IsInternal(file.Lines)).SelectMany(file => DocumentedMember().Matches(string.Join('\n', file.Lines))
            .Select(match => (Documentation: match.Groups["doc"].Value, Declaration: match.Groups["declaration"].Value))
            .Where(member => !member.Documentation.Contains("<inheritdoc", StringComparison.Ordinal)
                && !member.Declaration.TrimStart().StartsWith("private", StringComparison.Ordinal))
            .SelectMany(MissingAxes)
            .Select(problem => $"{file.Name}: {problem}"));
        AssertNone(undocumented);
    }

    private static void AssertNone(IEnumerable<string?> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }

    private static IEnumerable<string> MissingAxes((string Documentation, string Declaration) member)
    {
        var opening = ParameterList().Match(member.Declaration) is { Success: true } list ? list.Index + 1 : member.Declaration.Length;
        var parameters = member.Declaration[opening..];
        foreach (var name in TensorParameter().Matches(parameters).Select(match => match.Groups[1].Value))
        {
            var described = Regex.Match(member.Documentation, $"<param name=\"{name}\">(.*?)</param>", RegexOptions.Singleline);
            if (!described.Value.Contains("<c>[", StringComparison.Ordinal))
            {
                yield return $"parameter {name} of {member.Declaration.Trim()}";
            }
        }
        if (TensorResult().IsMatch(member.Declaration[..opening])
            && !ResultText(member.Documentation).Contains("<c>[", StringComparison.Ordinal))
        {
            yield return $"result of {member.Declaration.Trim()}";
        }
    }

    private static string ResultText(string documentation)
    {
        var returns = documentation.IndexOf("<returns>", StringComparison.Ordinal);
        return returns < 0 ? documentation : documentation[returns..];
    }

    private static bool IsInternal(string[] lines) => lines.Any(line => line.StartsWith("internal ", StringComparison.Ordinal));

    private static bool IsComment(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    private static bool SpeaksToTheTerminal(string file, string pattern) => pattern.Contains("Console", StringComparison.Ordinal)
        && (file.StartsWith("Experiments/Commands/", StringComparison.Ordinal) || file == "Experiments/Program.cs");

    private static IEnumerable<Type> Types() => Projects.SelectMany(project => Assembly.Load(AssemblyName(project)).GetTypes())
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.FullName!.Contains('<', StringComparison.Ordinal)
            && !type.Namespace!.StartsWith("System", StringComparison.Ordinal) && !type.Namespace.StartsWith("Microsoft", StringComparison.Ordinal));

    private static string AssemblyName(string project)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, project, project + ".csproj"));
        var named = Regex.Match(text, "<AssemblyName>(.*?)</AssemblyName>");
        return named.Success ? named.Groups[1].Value : project;
    }

    private static IEnumerable<(string Name, string[] Lines)> Sources(string project) => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, project), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(path => (Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'), File.ReadAllLines(path)));

    [GeneratedRegex("<ProjectReference Include=\"\\.\\./(\\w+)/")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\b\w*(Db|dB)(?![a-z])\w*\b")]
    private static partial Regex DecibelIdentifier();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex StringLiteral();

    // Keys of the reference list: an upper-case letter first and at least five characters, unlike units.
    [GeneratedRegex(@"\[[A-Z][A-Za-z0-9]{4,}\]")]
    private static partial Regex CitationKey();

    [GeneratedRegex(@"(?<doc>(?:^ *///[^\n]*\n)+)(?: *\[[^\n]*\]\n)*(?<declaration> *(?:public |internal )?[^\n/]*?(?:\([^{;]*?\)|\w)(?= *(?:=>|;|\{|\n)))", RegexOptions.Multiline)]
    private static partial Regex DocumentedMember();

    [GeneratedRegex(@"\bTensor\??\s+(\w+)")]
    private static partial Regex TensorParameter();

    [GeneratedRegex(@"[\w>]\(")]
    private static partial Regex ParameterList();

    [GeneratedRegex(@"\bTensor\??\s+\w+\s*$|\(Tensor\b")]
    private static partial Regex TensorResult();
}
