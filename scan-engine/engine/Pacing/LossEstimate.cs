namespace VulnDiag.Engine.Pacing;

/// <summary>
/// Whether silence means loss. A filtered port stays silent when it is asked again; a lost probe does not. So the share of repeated
/// probes that are answered tells how much of all silence is loss.
/// </summary>
/// <remarks>Not thread-safe. Older observations fade, as a host's firewall may begin to limit at any time.</remarks>
internal sealed class LossEstimate
{
    private const int FadeAfter = 256;

    // Before anything is known: one packet in a thousand is lost, and silence is taken for loss.
    private const double PriorAnswers = 50, PriorLosses = 0.05;
    private const double GoodEnough = 1e-6;
    private const int LeastTries = 2, MostTries = 6, Enough = 32;
    private const double NothingToSpeakOf = 0.05;

    private double _answered;
    private double _silent;
    private double _recovered;
    private double _repeated;

    /// <summary>Share of silences that are losses, 0 to 1.</summary>
    public double OfSilence => _repeated < Enough ? (_recovered + 1) / (_repeated + 1) : _recovered / _repeated;

    /// <summary>False when silence has been shown to mean filters, not losses.</summary>
    public bool IsLikely => OfSilence > NothingToSpeakOf;

    /// <summary>How often to ask a port before its silence is its own: as often as it takes until losing all probes is less likely than one in a million.</summary>
    public int Tries
    {
        get
        {
            var lost = _silent * OfSilence;
            var loss = (lost + PriorLosses) / (_answered + lost + PriorAnswers);
            return Math.Clamp((int)Math.Round(Math.Log(GoodEnough) / Math.Log(loss)), LeastTries, MostTries);
        }
    }

    /// <summary>A first probe was answered.</summary>
    public void Answered() => _answered++;

    /// <summary>A first probe stayed silent.</summary>
    public void Silent() => _silent++;

    /// <summary>A repeated probe was answered, or stayed silent again.</summary>
    public void Repeated(bool answered)
    {
        _repeated++;
        if (answered) _recovered++;
        if (_repeated < FadeAfter) return;
        _repeated /= 2;
        _recovered /= 2;
        _answered /= 2;
        _silent /= 2;
    }
}
