using VulnDiag.Engine.Checkpoint;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>What has been learnt of one port while it is being identified.</summary>
internal sealed class PortSearch(Transport protocol, int port)
{
    private const int UsualNameOnly = 10;
    private Identification? _identification;
    private Evidence _evidence = Evidence.None;
    private string? _usualService;

    /// <summary>Port number.</summary>
    public int Port => port;

    /// <summary>What the server said by itself.</summary>
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

    /// <summary>Takes a probe's outcome.</summary>
    public void Take(IServiceProbe probe, ProbeOutcome outcome)
    {
        switch (outcome.Result)
        {
            case ProbeResult.Identified:
                (_identification, _evidence) = (outcome.Identification, outcome.Evidence);
                break;
            case ProbeResult.NoMatch:
                if (_evidence.Text.Length == 0) _evidence = outcome.Evidence;
                break;
            case ProbeResult.Broken:
                NotExamined.Add(new NotExamined(protocol, port, probe.Info.Id, outcome.Reason ?? "The answer broke the probe."));
                break;
            case ProbeResult.Refused:
                LastFailure = outcome.Reason;
                break;
            case ProbeResult.Silent:
                break;
        }
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
                State = "open",
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
