using System.Globalization;
using System.Net;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Triage;

/// <summary>One answer of the <c>triage</c> verb, cell by cell.</summary>
/// <param name="LineId">As given.</param>
/// <param name="No">Row of the table; empty where none applies.</param>
/// <param name="Decision">○, △, × or <c>incomplete</c>.</param>
/// <param name="Requirement">none, meeting or same_day_ip_check; empty for <c>incomplete</c>.</param>
/// <param name="Reason">Never empty.</param>
public sealed record TriageCsvAnswer(string LineId, string No, string Decision, string Requirement, string Reason)
{
    /// <summary>The cells in the order of <see cref="TriageCsv.OutputColumns"/>.</summary>
    public IReadOnlyList<string> Cells => [LineId, No, Decision, Requirement, Reason];
}

/// <summary>Triage of lines that stand in a table of text, without a hearing around them.</summary>
/// <remarks>Pure; takes any text. Each row is judged alone. Source: CLI, <c>triage</c>.</remarks>
public static class TriageCsv
{
    private const string LineIdColumn = "line_id";
    private const string GlobalIpColumn = "global_ip";
    private const string CommunicationColumn = "communication";
    private const string AddressingColumn = "addressing";
    private const string AddressColumn = "address";
    private const string FqdnColumn = "fqdn";
    private const string AccessColumn = "access";

    /// <summary>Columns that must be there, in any order.</summary>
    public static IReadOnlyList<string> RequiredColumns { get; } =
        [LineIdColumn, GlobalIpColumn, CommunicationColumn, AddressingColumn, AddressColumn, FqdnColumn];

    /// <summary>Columns of the answer.</summary>
    public static IReadOnlyList<string> OutputColumns { get; } = [LineIdColumn, "no", "decision", "requirement", "reason"];

    /// <summary>Required columns that <paramref name="header"/> lacks; other columns than <c>access</c> are not looked at.</summary>
    public static IReadOnlyList<string> MissingColumns(IReadOnlyList<string> header) =>
        [.. RequiredColumns.Where(column => IndexOf(header, column) < 0)];

    /// <summary>Decides about each row, in order.</summary>
    /// <param name="header">Names of columns; width, case and spaces around do not matter.</param>
    /// <param name="rows">Cells; a row that ends early has blanks.</param>
    /// <param name="allowedLabRanges">Ranges of a laboratory; empty in the shipped default.</param>
    /// <exception cref="ArgumentException">A required column is missing.</exception>
    public static IReadOnlyList<TriageCsvAnswer> Decide(
        IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, IReadOnlyList<IPNetwork> allowedLabRanges)
    {
        if (MissingColumns(header) is { Count: > 0 } missing) throw new ArgumentException($"Missing columns: {string.Join(", ", missing)}.", nameof(header));
        return [.. rows.Select((cells, index) => Decide(header, cells, index + 1, allowedLabRanges))];
    }

    private static TriageCsvAnswer Decide(IReadOnlyList<string> header, IReadOnlyList<string> cells, int row, IReadOnlyList<IPNetwork> allowedLabRanges)
    {
        var id = Cell(header, cells, LineIdColumn);
        var result = cells.Skip(header.Count).Any(static cell => !TextFolding.IsBlank(cell))
            ? TooLong(id, row)
            : LineReader.Read(ReadLine(header, cells), row, allowedLabRanges, accessRequired: false).Triage;
        return new TriageCsvAnswer(
            id,
            result.No?.ToString(CultureInfo.InvariantCulture) ?? "",
            result.Decision.Mark(),
            result.Decision is Decision.Incomplete ? "" : result.Requirement.Word(),
            result.ReasonJa);
    }

    private static LineAnswers ReadLine(IReadOnlyList<string> header, IReadOnlyList<string> cells)
    {
        var (addressProvided, address) = Provision(Cell(header, cells, AddressColumn));
        var (fqdnProvided, fqdn) = Provision(Cell(header, cells, FqdnColumn));
        return HearingNormalizer.Normalize(new LineAnswers
        {
            Id = Cell(header, cells, LineIdColumn),
            GlobalIp = Cell(header, cells, GlobalIpColumn),
            Communication = Cell(header, cells, CommunicationColumn),
            Access = Cell(header, cells, AccessColumn),
            Addressing = Cell(header, cells, AddressingColumn),
            AddressProvided = addressProvided,
            Address = address,
            FqdnProvided = fqdnProvided,
            Fqdn = fqdn,
        });
    }

    /// <summary>Here a blank is 連携なし, a word is itself, and anything else is what was provided.</summary>
    private static (string Provided, string Text) Provision(string cell)
    {
        if (TextFolding.IsBlank(cell)) return (Choices.Word(Provided.No), "");
        return Choices.Read<Provided>(cell) is { } word ? (Choices.Word(word), "") : (Choices.Word(Provided.Yes), cell);
    }

    private static TriageResult TooLong(string id, int row)
    {
        var line = new LineAnswers { Id = TextFolding.Tidy(id) };
        var reason = FaultTexts.Sentence("row-too-long", LineRef.Of(line, row).Shown, HearingField.Lines, "", "");
        return new TriageResult(No: null, Decision.Incomplete, Requirement.None, reason);
    }

    private static string Cell(IReadOnlyList<string> header, IReadOnlyList<string> cells, string column) =>
        IndexOf(header, column) is >= 0 and var index && index < cells.Count ? cells[index] : "";

    private static int IndexOf(IReadOnlyList<string> header, string column)
    {
        for (var index = 0; index < header.Count; index++)
        {
            if (string.Equals(TextFolding.Tidy(header[index]), column, StringComparison.OrdinalIgnoreCase)) return index;
        }

        return -1;
    }
}
