using System.Net;

namespace VulnDiag.Kintone.Client;

/// <summary>kintone refused a request, or did not answer it. Keeps kintone's own words.</summary>
public sealed class KintoneException : Exception
{
    internal KintoneException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>HTTP status, or null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>kintone's code such as <c>CB_VA01</c>; empty when the answer had none.</summary>
    public string Code { get; init; } = "";

    /// <summary>kintone's id of this failure, for Cybozu's support; empty when the answer had none.</summary>
    public string Id { get; init; } = "";

    /// <summary>kintone's messages by the path of the faulty parameter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>In a bulkRequest: which request failed, from 0; null otherwise.</summary>
    public int? FailedRequest { get; init; }

    /// <summary>True when the same request may succeed later.</summary>
    public bool Transient { get; init; }

    /// <summary>True when it is certain that nothing was carried out.</summary>
    public bool NotDone { get; init; }

    /// <summary>True when the record or the settings had changed since they were read.</summary>
    public bool IsConflict => Status == HttpStatusCode.Conflict || Code.StartsWith("GAIA_CO", StringComparison.Ordinal);

    /// <summary>True when the app, record, file or cursor does not exist (or may not be known to exist).</summary>
    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    /// <summary>True when one of kintone's messages is about <paramref name="path"/> (a field, or a part of its path).</summary>
    public bool Concerns(string path) => Errors.Keys.Any(key => key.Contains(path, StringComparison.Ordinal));
}
