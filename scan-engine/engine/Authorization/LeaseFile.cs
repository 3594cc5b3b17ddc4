using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Engine.Authorization;

/// <summary>
/// The authorisation on disk. The worker renews the lease by replacing the file atomically; the engine reads it again and takes a
/// renewal only when its signature holds, it is for the same address and id, and its sequence has grown.
/// </summary>
/// <remarks>Not thread-safe: the packet gate asks one at a time.</remarks>
public sealed class LeaseFile
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(500);

    private readonly string _path;
    private readonly AuthorizationVerifier _verifier;
    private readonly TimeProvider _time;
    private string _lastText;
    private long _lastRead;

    private LeaseFile(string path, AuthorizationVerifier verifier, ScanAuthorization first, string text, TimeProvider time)
    {
        (_path, _verifier, Current, _lastText, _time) = (path, verifier, first, text, time);
        _lastRead = time.GetTimestamp();
    }

    /// <summary>The lease in force.</summary>
    public ScanAuthorization Current { get; private set; }

    /// <summary>Why the last text in the file was not taken; null when it was.</summary>
    public Refusal? LastRefusal { get; private set; }

    /// <summary>Opens the file.</summary>
    /// <returns>The lease, or why there is none.</returns>
    public static async Task<(LeaseFile? Lease, Refusal? Refusal)> OpenAsync(string path, AuthorizationVerifier verifier, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            var verified = verifier.Verify(text);
            return verified.Authorization is { } first ? (new LeaseFile(path, verifier, first, text, time), null) : (null, verified.Refusal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, new Refusal("authorization-unreadable", $"{path} cannot be read: {error.Message}"));
        }
    }

    /// <summary>Reads the file again when the last reading is half a second old or older.</summary>
    /// <returns>The lease in force.</returns>
    public async ValueTask<ScanAuthorization> RefreshAsync(CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_lastRead) < ReadEvery) return Current;
        _lastRead = _time.GetTimestamp();
        try
        {
            var text = await File.ReadAllTextAsync(_path, cancellationToken);
            if (text == _lastText) return Current;
            _lastText = text;
            Take(_verifier.Verify(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The lease in force runs on to its end and no further.
            LastRefusal = new Refusal("authorization-unreadable", error.Message);
        }

        return Current;
    }

    /// <summary>Writes a first authorisation or a renewal: aside, flushed, renamed.</summary>
    /// <remarks>The file holds no secret, but only its owner reads it (0600).</remarks>
    public static async Task WriteAsync(string path, string token, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var aside = $"{full}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            await using (var stream = new FileStream(aside, options))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(token + "\n"), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, full, overwrite: true);
        }
        catch
        {
            // Its name is its own: what a full disk left half written would stay for ever.
            File.Delete(aside);
            throw;
        }
    }

    private void Take(VerifiedAuthorization verified)
    {
        LastRefusal = verified.Refusal;
        if (verified.Authorization is not { } renewal) return;
        if (renewal.Id != Current.Id || renewal.Address != Current.Address)
        {
            LastRefusal = new Refusal("authorization-other", "The file now holds the authorisation of another scan.");
        }
        else if (renewal.Sequence <= Current.Sequence)
        {
            LastRefusal = new Refusal("authorization-old", $"Renewal {renewal.Sequence} is not newer than {Current.Sequence}, which is in force.");
        }
        else
        {
            Current = renewal;
        }
    }
}
