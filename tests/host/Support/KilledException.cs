namespace VulnDiag.Worker.Tests.Support;

/// <summary>Stands for the end of the process: nothing of ours catches it but the job's edge.</summary>
internal sealed class KilledException(string point) : Exception($"killed at {point}");

/// <summary>Ends a worker when it reaches a point for the n-th time.</summary>
internal sealed class Killer(string point, int visit = 1)
{
    private int _visits;

    internal bool Struck { get; private set; }

    internal KillPoints Points => new() { Reached = At };

    // From the first strike on the worker is dead: every later step of it must fail too, as it would in a process that is gone.
    private void At(string reached)
    {
        if (!Struck && (reached != point || ++_visits < visit)) return;
        Struck = true;
        throw new KilledException(reached);
    }
}
