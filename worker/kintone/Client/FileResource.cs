using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>file.json. kintone has two kinds of keys: the key of an upload attaches, the key in a record downloads.</summary>
/// <remarks>Source: RULES.md "Files".</remarks>
public sealed class FileResource
{
    private readonly KintoneConnection _connection;

    internal FileResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Uploads a file by stream; gives back the key that attaches it once.</summary>
    /// <param name="name">File name, any Unicode text without line breaks, quotation marks or path.</param>
    /// <param name="open">Opens the content from its start; called again for each repetition, and closed by the client.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    /// <exception cref="ArgumentException">The name would break the request.</exception>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<string> UploadAsync(string name, Func<Stream> open, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || name.Any(static character => char.IsControl(character) || character is '"' or '/' or '\\'))
            throw new ArgumentException("A file name must not be empty nor hold quotation marks, slashes or control characters.", nameof(name));
        var answer = await _connection.UploadAsync(name, open, cancellationToken);
        return (string)answer.Required<JValue>("fileKey").Value!;
    }

    /// <summary>Downloads an attached file by stream.</summary>
    /// <exception cref="KintoneException">kintone refused, did not answer, or the connection was cut: what was written is then not whole.</exception>
    public Task DownloadAsync(string fileKey, Stream target, CancellationToken cancellationToken) => _connection.DownloadAsync(fileKey, target, cancellationToken);
}
