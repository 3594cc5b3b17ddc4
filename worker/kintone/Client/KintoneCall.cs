using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>HTTP method of a call.</summary>
internal enum CallMethod
{
    /// <summary>Reads; its parameters travel in the query, or in a body when they are long.</summary>
    Get,

    /// <summary>Adds.</summary>
    Post,

    /// <summary>Changes.</summary>
    Put,

    /// <summary>Deletes.</summary>
    Delete,
}

/// <summary>One call of kintone's REST API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Resource">Below <c>/k/v1/</c>, such as <c>record.json</c> or <c>preview/app/views.json</c>.</param>
/// <param name="Parameters">Parameters as kintone names them.</param>
/// <param name="Repeatable">True when doing it twice is the same as once, or the second time is refused (a revision, a unique key).</param>
internal sealed record KintoneCall(CallMethod Method, string Resource, JObject Parameters, bool Repeatable)
{
    /// <summary>For messages: method and resource, never parameters (they hold what people typed).</summary>
    public string What => $"{Method.ToString().ToUpperInvariant()} {Resource}";

    /// <summary>A reading call.</summary>
    public static KintoneCall Read(string resource, JObject parameters) => new(CallMethod.Get, resource, parameters, Repeatable: true);
}
