namespace VulnDiag.Lab.Kintone.Faults;

/// <summary>Ways in which kintone, or the way to it, fails.</summary>
public enum FaultKind
{
    /// <summary>HTTP 429 with GAIA_TO04: too many requests at once.</summary>
    TooManyRequests,

    /// <summary>HTTP 400 with GAIA_DA02: the database lock was not had. Nothing was done.</summary>
    DatabaseLocked,

    /// <summary>HTTP 503 with a page of text, not JSON: maintenance.</summary>
    Maintenance,

    /// <summary>HTTP 200 with an HTML page, as a proxy or a log-in page answers.</summary>
    HtmlPage,

    /// <summary>The answer comes late; the request is carried out.</summary>
    Latency,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>The request is carried out and the connection cut instead of an answer.</summary>
    CutAfter,
}
