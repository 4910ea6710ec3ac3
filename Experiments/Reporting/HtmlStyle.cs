namespace Experiments.Reporting;

/// <summary>The style sheet of the report: readable on light and dark screens and on paper.</summary>
internal static class HtmlStyle
{
    public const string Sheet = """

        :root { color-scheme: light dark; --ink: #1d1f21; --soft: #5b6166; --page: #ffffff; --rule: #d8dcdf; --band: #f4f6f7; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e6e8; --soft: #a3aab0; --page: #16181a; --rule: #3a3f44; --band: #202427; } }
        body { margin: 2rem auto; padding: 0 1.5rem; max-width: 100rem; background: var(--page); color: var(--ink); font: 15px/1.5 Arial, Helvetica, sans-serif; }
        h1 { font-size: 1.7rem; margin: 0 0 1rem; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1.2rem; }
        figure { margin: 0; max-width: 56rem; }
        figure svg { display: block; width: 100%; height: auto; background: #ffffff; border: 1px solid var(--rule); border-radius: 4px; }
        figcaption { color: var(--soft); font-size: 0.85rem; margin-top: 0.4rem; }
        .table { overflow-x: auto; margin-top: 1.5rem; }
        table { border-collapse: collapse; font-size: 0.88rem; }
        th, td { padding: 0.3rem 0.9rem; text-align: left; border-bottom: 1px solid var(--rule); vertical-align: top; }
        thead th { border-bottom: 2px solid var(--soft); white-space: nowrap; }
        tbody tr:nth-child(even) { background: var(--band); }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        dt { font-weight: bold; margin-top: 0.8rem; }
        dt code { font-weight: normal; color: var(--soft); margin-left: 0.8rem; }
        dd { margin: 0.1rem 0 0; max-width: 70rem; }
        pre { background: var(--band); border: 1px solid var(--rule); border-radius: 4px; padding: 0.7rem 1rem; overflow-x: auto; }
        summary { cursor: pointer; margin-top: 1rem; }
        @media print { body { margin: 0; max-width: none; } figure, tr { break-inside: avoid; } }

        """;
}
