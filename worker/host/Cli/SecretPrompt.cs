using System.Text;

namespace VulnDiag.Worker.Cli;

/// <summary>Reads a password from the terminal without showing it.</summary>
internal static class SecretPrompt
{
    internal static string Read(TextWriter echo)
    {
        var secret = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace) secret.Length = Math.Max(0, secret.Length - 1);
            else if (!char.IsControl(key.KeyChar)) secret.Append(key.KeyChar);
        }

        echo.WriteLine();
        return secret.ToString();
    }
}
