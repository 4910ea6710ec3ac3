namespace Experiments.Reporting;

/// <summary>What a column or a convention means.</summary>
/// <param name="Term">What is defined.</param>
/// <param name="Columns">The columns of <c>results.csv</c> that it stands in; empty for a convention.</param>
/// <param name="Text">The definition.</param>
public sealed record Definition(string Term, string Columns, string Text);
