using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Kintone.Webhooks;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>What lives as long as the emulator and every request shares.</summary>
internal sealed record TenantParts(Tenant Tenant, BlobFolder Blobs, CursorShelf Cursors, Deployments Deployments, ResourceCatalogue Resources, RequestCounter Requests, WebhookSender Webhooks);
