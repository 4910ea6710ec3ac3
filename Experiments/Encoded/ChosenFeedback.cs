using Experiments.Configuration;
using Experiments.Planning;
using Simulator;

namespace Experiments.Encoded;

/// <summary>The one operating point that <c>--feedback</c> means.</summary>
public static class ChosenFeedback
{
    /// <summary>Resolves the operating point.</summary>
    /// <param name="text">A catalogue name, or a file and the name of a feedback block in it: <c>FILE.yaml:NAME</c>.</param>
    /// <param name="overrides">Options over the block, each <c>KEY=VALUE</c>.</param>
    /// <param name="dimensions">The size of the CSI.</param>
    /// <returns>The operating point.</returns>
    /// <exception cref="BadInputException">With everything that is wrong.</exception>
    public static SchemeSetting Resolve(string text, IReadOnlyList<string> overrides, CsiDimensions dimensions)
    {
        var errors = new ErrorCollector();
        var colon = text.LastIndexOf(':');
        var (file, name) = colon < 0 ? ("--feedback", text) : (text[..colon], text[(colon + 1)..]);
        var block = colon < 0 ? InCatalogue(name) : InFile(file, name, errors);
        errors.ThrowIfAny();
        var binder = new OptionsBinder(new InputFiles(file));
        var points = Sweep.Expand(Overrides.Apply(block!, overrides, errors), errors);
        errors.ThrowIfAny();
        if (points.Count > 1)
        {
            var settings = string.Join(" | ", points.Select(point => point.Setting));
            throw new BadInputException($"--feedback {text} is a sweep of {points.Count} operating points ({settings}); choose one with --set KEY=VALUE.");
        }
        var draft = new BlockReaders(new PluginReader(binder, errors), errors).Scheme(name, points[0]);
        var setting = draft?.For(dimensions, binder, errors);
        errors.ThrowIfAny();
        return setting!;
    }

    private static InputNode InCatalogue(string name)
    {
        if (Catalogues.Feedback.Find(name) is null)
            throw new BadInputException($"--feedback: '{name}' is not a feedback scheme; {NearestName.Advise(name, Catalogues.Feedback.Names)} A block of an input file is written FILE.yaml:NAME.");
        var place = new InputNode { File = "--feedback", Line = 0, Column = 0, Path = "", Kind = InputKind.Scalar };
        var entry = new InputEntry(place with { Path = "scheme", Text = "scheme" }, place with { Path = "scheme", Text = name });
        return place with { Kind = InputKind.Mapping, Entries = [entry] };
    }

    private static InputNode? InFile(string file, string name, ErrorCollector errors)
    {
        if (YamlInput.ReadFile(file, errors) is not { } root)
            return null;
        var blocks = root.Kind == InputKind.Mapping ? root.Find("feedback") : null;
        if (blocks?.Find(name) is { Kind: InputKind.Mapping } block)
            return block with { Path = "" };
        var names = blocks?.Entries.Select(entry => entry.Key.Text).ToArray() ?? [];
        errors.Add(blocks ?? root, $"there is no feedback block '{name}'; {NearestName.Advise(name, names)}");
        return null;
    }
}
