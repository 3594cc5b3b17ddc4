using System.Text;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>What has been learnt of one port while it is being identified.</summary>
internal sealed class PortSearch(Transport protocol, int port)
{
    private const int UsualNameOnly = 10;
    private const int UnreachableInARow = 2;
    private Identification? _identification;
    private Evidence _evidence = Evidence.None;
    private string? _usualService;
    private int _unreachable;

    /// <summary>TCP or UDP.</summary>
    public Transport Protocol => protocol;

    /// <summary>Port number.</summary>
    public int Port => port;

    /// <summary>What the server said by itself, or first said to a question that it did not understand.</summary>
    public ReadOnlyMemory<byte> Greeting { get; set; }

    /// <summary>TLS from the start.</summary>
    public TlsFacts? Tls { get; set; }

    /// <summary>The last refusal, for the case that nothing is found.</summary>
    public string? LastFailure { get; set; }

    /// <summary>Probes that were run.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be examined.</summary>
    public List<NotExamined> NotExamined { get; } = [];

    /// <summary>True once a probe has named the service.</summary>
    public bool Found => _identification is not null;

    /// <summary>True when the port takes no more connections: it is left alone.</summary>
    public bool Unreachable => _unreachable >= UnreachableInARow;

    /// <summary>Takes a probe's outcome.</summary>
    public void Take(IServiceProbe probe, ProbeOutcome outcome)
    {
        _unreachable = outcome.Result == ProbeResult.Unreachable ? _unreachable + 1 : 0;
        switch (outcome.Result)
        {
            case ProbeResult.Identified:
                (_identification, _evidence) = (outcome.Identification, outcome.Evidence);
                break;
            case ProbeResult.NoMatch:
                if (_evidence.Text.Length == 0) _evidence = outcome.Evidence;
                if (Greeting.IsEmpty) Greeting = outcome.Evidence.Raw;
                break;
            case ProbeResult.Broken:
                NotExamined.Add(new NotExamined(protocol, port, probe.Info.Id, outcome.Reason ?? "The answer broke the probe."));
                break;
            case ProbeResult.Refused or ProbeResult.Unreachable:
                LastFailure = outcome.Reason;
                break;
            case ProbeResult.Silent:
                // A slow server is asked once more when its turn comes again.
                Asked.Remove(probe.Info.Id);
                break;
        }
    }

    /// <summary>Names the service by its words alone, for protocols without a probe of their own.</summary>
    /// <returns>False when the words are nobody's.</returns>
    public bool TakeWords()
    {
        if (Greeting.IsEmpty || FingerprintCatalogue.Shipped.Match("words", Encoding.Latin1.GetString(Greeting.Span)) is not { } found) return false;
        (_identification, _evidence) = (found, Evidence.Of(Greeting));
        return true;
    }

    /// <summary>The port is on the list of those that are never written to.</summary>
    public void ListenedOnly(string? usualService)
    {
        _usualService = usualService;
        NotExamined.Add(new NotExamined(protocol, port, "identify", "This port is listened to, never written to; what its service is can only be told by its number."));
    }

    /// <summary>All that was learnt.</summary>
    public ExaminedPort Result()
    {
        var evidence = _evidence.Text.Length > 0 ? _evidence : Evidence.Of(Greeting);
        if (_identification is null && NotExamined.Count == 0)
            NotExamined.Add(new NotExamined(protocol, port, "identify", LastFailure ?? "No probe recognised what answers here."));
        var service = _identification?.Service ?? _usualService;
        return new ExaminedPort(
            new PortResult
            {
                Protocol = protocol,
                Port = port,
                State = PortResult.Open,
                Service = service == "http" && Tls is not null ? "https" : service,
                Product = _identification?.Product,
                Version = _identification?.Version,
                Info = _identification?.Info,
                Cpe = _identification?.Cpe ?? [],
                Confidence = _identification?.Confidence ?? (_usualService is null ? 0 : UsualNameOnly),
                Tls = _identification?.Tls ?? Tls,
                Evidence = evidence.Text,
                Facts = _identification?.Facts ?? new Dictionary<string, string>(StringComparer.Ordinal),
            },
            NotExamined);
    }
}
