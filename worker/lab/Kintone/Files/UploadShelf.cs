using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Files;

/// <summary>Takes uploads in: the content to disk, the upload among those that wait for a record; what waited too long goes.</summary>
internal sealed class UploadShelf(Tenant tenant, BlobFolder blobs)
{
    /// <summary>Keeps one file.</summary>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="name">The name it was sent under; only the last part of a path is kept.</param>
    /// <param name="contentType">The kind it was sent as.</param>
    /// <param name="user">The login name of the sender.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<UploadDocument> KeepAsync(Stream content, string name, string? contentType, string user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (blob, size) = await blobs.SaveAsync(content, cancellationToken);
        var upload = new UploadDocument(UploadRules.NewUploadKey(), blob, Path.GetFileName(name), contentType ?? "application/octet-stream", size, user, now);
        return await tenant.RunAsync(transaction => Keep(transaction, upload, now), cancellationToken);
    }

    private UploadDocument Keep(Transaction transaction, UploadDocument upload, DateTimeOffset now)
    {
        foreach (var old in tenant.Uploads.All.Where(old => UploadRules.IsExpired(old, now)).ToList())
        {
            transaction.Remove(tenant.Uploads, old);
            transaction.AfterCommit(() => blobs.Delete(old.Blob));
        }

        transaction.Put(tenant.Uploads, upload);
        return upload;
    }
}
