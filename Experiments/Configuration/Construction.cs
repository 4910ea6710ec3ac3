namespace Experiments.Configuration;

/// <summary>Turns what a plug-in's constructor refuses into an error at the option's place.</summary>
public static class Construction
{
    private const string FileKey = "path";

    /// <summary>Tries to make something.</summary>
    /// <typeparam name="TResult">What.</typeparam>
    /// <param name="block">The block that describes it.</param>
    /// <param name="errors">Gathers why it cannot be made.</param>
    /// <param name="make">Makes it.</param>
    /// <returns>It, or default after an error.</returns>
    public static TResult? Try<TResult>(InputNode block, ErrorCollector errors, Func<TResult> make)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            return make();
        }
        catch (BadInputException exception)
        {
            foreach (var error in exception.Errors)
            {
                errors.Add(block, error.Message);
            }
        }
        catch (ArgumentException exception) when (exception.ParamName is { Length: > 0 } parameter)
        {
            var key = OptionName.Key(parameter.Split('.')[^1]);
            var message = FirstLine(exception.Message)
                .Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
                .Replace(parameter, key, StringComparison.Ordinal);
            errors.Add(block.Find(key) ?? block, Sentence(message));
        }
        catch (IOException exception)
        {
            errors.Add(block.Find(FileKey) ?? block, Sentence(FirstLine(exception.Message)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            errors.Add(block, Sentence(FirstLine(exception.Message)));
        }
        return default;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
