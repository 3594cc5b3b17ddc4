namespace VulnDiag.Report.Xlsx;

/// <summary>What a cell holds. Text is always text: nothing from outside becomes a formula.</summary>
internal abstract record Cell
{
    private Cell()
    {
    }

    internal static Cell Of(string text) => new TextCell(text);

    internal static Cell Of(int number) => new NumberCell(number);

    internal static Cell Of(decimal? number) => number is { } known ? new NumberCell(known) : new TextCell("");

    internal static Cell Of(DateTimeOffset instant) => new TimeCell(instant);

    internal static Cell Of(DateOnly? day) => day is { } known ? new DateCell(known) : new TextCell("");

    internal sealed record TextCell(string Text) : Cell;

    internal sealed record NumberCell(decimal Number) : Cell;

    internal sealed record TimeCell(DateTimeOffset Instant) : Cell;

    internal sealed record DateCell(DateOnly Day) : Cell;
}

/// <summary>A sheet ready to be written.</summary>
/// <param name="Name">Tab.</param>
/// <param name="Columns">Heads; the first row, frozen, with a filter.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
internal sealed record Sheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);
