using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.Configuration;

/// <summary>Reads YAML into nodes that know their places, and refuses duplicate keys.</summary>
public sealed class YamlInput
{
    private readonly string file;
    private readonly bool placed;
    private readonly Parser parser;
    private readonly ErrorCollector errors;
    private readonly Dictionary<AnchorName, InputNode> anchors = [];

    private YamlInput(string file, bool placed, TextReader text, ErrorCollector errors)
    {
        this.file = file;
        this.placed = placed;
        this.errors = errors;
        parser = new Parser(text);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The path as the user named it.</param>
    /// <param name="errors">Gathers what is wrong.</param>
    /// <returns>The root, or null if nothing can be read.</returns>
    public static InputNode? ReadFile(string file, ErrorCollector errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!File.Exists(file))
        {
            var what = Directory.Exists(file) ? "is a folder; the input is a YAML file." : "does not exist.";
            errors.Add(new ConfigurationError(file, 0, 0, "", $"'{file}' {what}"));
            return null;
        }
        try
        {
            using var text = new StreamReader(file);
            return new YamlInput(file, true, text, errors).ReadDocument("");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ConfigurationError(file, 0, 0, "", $"cannot be read: {exception.Message}"));
            return null;
        }
    }

    /// <summary>Reads a value given on the command line.</summary>
    /// <param name="source">What stands for the file in messages.</param>
    /// <param name="path">Where the value belongs.</param>
    /// <param name="value">YAML of one value.</param>
    /// <param name="errors">Gathers what is wrong.</param>
    /// <returns>The value, or null if it cannot be read.</returns>
    public static InputNode? ReadValue(string source, string path, string value, ErrorCollector errors)
    {
        using var text = new StringReader(value);
        return new YamlInput(source, false, text, errors).ReadDocument(path);
    }

    private InputNode? ReadDocument(string path)
    {
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                errors.Add(new ConfigurationError(file, 0, 0, path, "is empty."));
                return null;
            }
            var root = ReadNode(path);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                errors.Add(new ConfigurationError(file, Line(second.Start), Column(second.Start), path, "a second document starts here; one is permitted."));
            }
            return root;
        }
        catch (YamlException exception)
        {
            var message = exception.InnerException?.Message ?? exception.Message;
            errors.Add(new ConfigurationError(file, Line(exception.Start), Column(exception.Start), path, $"this is not YAML: {message.Trim().TrimEnd('.')}."));
            return null;
        }
    }

    private InputNode ReadNode(string path)
    {
        var reached = parser.Current!;
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (anchors.TryGetValue(alias.Value, out var target))
            {
                return target;
            }
            var unknown = At(alias.Start, path, InputKind.Scalar) with { Text = "*" + alias.Value };
            errors.Add(unknown, $"the anchor '&{alias.Value}' is not defined above.");
            return unknown;
        }
        var anchor = ((NodeEvent)reached).Anchor;
        var node = reached switch
        {
            Scalar => ReadScalar(path),
            SequenceStart => ReadSequence(path),
            _ => ReadMapping(path),
        };
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = node;
        }
        return node;
    }

    private InputNode ReadScalar(string path)
    {
        var scalar = parser.Consume<Scalar>();
        return At(scalar.Start, path, InputKind.Scalar) with { Text = scalar.Value.Trim() };
    }

    private InputNode ReadSequence(string path)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<InputNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(path));
        }
        return At(start.Start, path, InputKind.Sequence) with { Items = items };
    }

    private InputNode ReadMapping(string path)
    {
        var start = parser.Consume<MappingStart>();
        var block = At(start.Start, path, InputKind.Mapping);
        var entries = new List<InputEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(path);
            key = key with { Path = block.PathOf(key.Text) };
            var value = ReadNode(key.Path);
            if (key.Kind != InputKind.Scalar)
            {
                errors.Add(key, "a key is a single word.");
            }
            else if (entries.FirstOrDefault(entry => entry.Key.Text == key.Text) is { } first)
            {
                errors.Add(key, $"the key '{key.Text}' stands here a second time; it was given in line {first.Key.Line} already.");
            }
            else
            {
                entries.Add(new InputEntry(key, value));
            }
        }
        return block with { Entries = entries };
    }

    private InputNode At(Mark mark, string path, InputKind kind) => new()
    {
        File = file,
        Line = Line(mark),
        Column = Column(mark),
        Path = path,
        Kind = kind,
    };

    private int Line(Mark mark) => placed ? (int)mark.Line : 0;

    private int Column(Mark mark) => placed ? (int)mark.Column : 0;
}
