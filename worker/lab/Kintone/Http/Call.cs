using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>One request on its way through a resource: who, when, with what, and the transaction its changes go into.</summary>
internal sealed record Call(TenantParts Parts, Transaction Transaction, Caller Caller, DateTimeOffset Now, long? GuestSpace, Parameters Parameters)
{
    /// <summary>One of the requests of a bulk request.</summary>
    public bool InBulk { get; init; }

    /// <summary>The tenant.</summary>
    public Tenant Tenant => Parts.Tenant;

    /// <summary>Where file contents lie.</summary>
    public BlobFolder Blobs => Parts.Blobs;

    /// <summary>Names for codes.</summary>
    public IDirectory Directory => new TenantDirectory(Parts.Tenant);
}
