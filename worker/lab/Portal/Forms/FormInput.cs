using System.Globalization;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Names of inputs. A field's code holds no colon.</summary>
internal static class FormInput
{
    /// <summary>The input of a field.</summary>
    public static string Field(string code) => "f:" + code;

    /// <summary>The input of a table's cell.</summary>
    public static string Cell(string table, string row, string column) => $"t:{table}:{row}:{column}";

    /// <summary>The input of a table's cell.</summary>
    public static string Cell(string table, int row, string column) => Cell(table, Number(row), column);

    /// <summary>The hidden input that says that a row is there, with the row's id.</summary>
    public static string Row(string table, int row) => $"r:{table}:{Number(row)}";

    /// <summary>The inputs that bring new files for an input.</summary>
    public static string NewFiles(string input) => "n:" + input;

    /// <summary>The hidden inputs of the files that an input held, and those already uploaded.</summary>
    public static string KeptFiles(string input) => "k:" + input;

    /// <summary>The check boxes of files to be taken away.</summary>
    public static string DroppedFiles(string input) => "d:" + input;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
