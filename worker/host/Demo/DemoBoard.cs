using Spectre.Console;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Lab.Demo;
using VulnDiag.Worker.Cli;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Demo;

/// <summary>Progress: on a terminal one line per engagement that is redrawn, elsewhere a line for each change.</summary>
internal abstract class DemoBoard : IDisposable
{
    internal static DemoBoard Of(VerbConsole console) => console.ErrorIsTerminal ? new Live(console.Error) : new Plain(console.Error);

    /// <summary>The log would tear the picture: a terminal shows failures only, unless more was asked for.</summary>
    internal abstract LogDetail LogLevel(LogDetail asked);

    internal abstract void Show(DateTimeOffset now, IReadOnlyList<DemoStanding> standings);

    public virtual void Dispose()
    {
    }

    private sealed class Plain(TextWriter error) : DemoBoard
    {
        private readonly Dictionary<long, string> _shown = [];

        internal override LogDetail LogLevel(LogDetail asked) => asked is LogDetail.Debug ? asked : LogDetail.Warning;

        internal override void Show(DateTimeOffset now, IReadOnlyList<DemoStanding> standings)
        {
            foreach (var standing in standings.Where(standing => _shown.GetValueOrDefault(standing.Record) != standing.State))
            {
                _shown[standing.Record] = standing.State;
                error.WriteLine($"{Jst.ShortText(now)}  {standing.Record,3}  {standing.Hospital}  {standing.State}");
            }
        }
    }

    private sealed class Live : DemoBoard
    {
        private readonly IAnsiConsole _console;
        private int _drawn;

        internal Live(TextWriter error) =>
            _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Ansi = AnsiSupport.Yes });

        internal override LogDetail LogLevel(LogDetail asked) => asked is LogDetail.Debug ? asked : LogDetail.Error;

        internal override void Show(DateTimeOffset now, IReadOnlyList<DemoStanding> standings)
        {
            if (_drawn > 0) _console.Cursor.MoveUp(_drawn);
            var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
            foreach (var standing in standings)
                table.AddRow(new Text($"{standing.Record,3}"), new Text(standing.Hospital), new Text(standing.State + "\u3000\u3000", new Style(standing.Over ? Color.Green : Color.Yellow)));
            _console.Write(new Text(Jst.Text(now) + "   \n"));
            _console.Write(table);
            _drawn = standings.Count + 1;
        }
    }
}
