using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>Everything one kintone tenant holds. One request works on it at a time.</summary>
internal sealed class Tenant : IDisposable
{
    private readonly IDocumentStore _store;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public Tenant(IDocumentStore store)
    {
        _store = store;
        ITable[] tables = [Users, Groups, Organizations, Tokens, Spaces, Apps, Counters, Records, Comments, StatusChanges, Uploads, Files, Webhooks];
        store.Load(tables.ToDictionary(table => table.Name));
    }

    public Table<UserDocument> Users { get; } = new("user");

    public Table<GroupDocument> Groups { get; } = new("group");

    public Table<OrganizationDocument> Organizations { get; } = new("organization");

    public Table<TokenDocument> Tokens { get; } = new("token");

    public Table<SpaceDocument> Spaces { get; } = new("space");

    public Table<AppDocument> Apps { get; } = new("app");

    public Table<AppCounters> Counters { get; } = new("counters");

    public RecordTable Records { get; } = new();

    public ChildTable<CommentDocument> Comments { get; } =
        new("comment", comment => Keys.Of(comment.App, comment.Record), comment => comment.Id);

    public ChildTable<StatusChangeDocument> StatusChanges { get; } =
        new("statusChange", change => Keys.Of(change.App, change.Record), change => change.Id);

    public Table<UploadDocument> Uploads { get; } = new("upload");

    public Table<FileDocument> Files { get; } = new("file");

    public Table<WebhookDocument> Webhooks { get; } = new("webhook");

    /// <summary>Runs <paramref name="work"/> alone, and keeps what it changed; undoes it when it throws.</summary>
    public async Task<T> RunAsync<T>(Func<Transaction, T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var transaction = new Transaction(_store);
        try
        {
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        catch
        {
            transaction.Rollback();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The app of <paramref name="id"/>, live or not.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public AppDocument App(long id) => Apps.Find(Keys.Of(id)) ?? throw Refusals.AppNotFound(id);

    /// <summary>The token of <paramref name="hash"/>, or null. Another process may have just made or deleted it: the store tells.</summary>
    public TokenDocument? Token(string hash)
    {
        Refresh(Tokens, hash);
        return Tokens.Find(hash);
    }

    /// <summary>The webhooks of an app; another process may have just changed them.</summary>
    public IReadOnlyList<Webhook> WebhooksOf(long app)
    {
        Refresh(Webhooks, Keys.Of(app));
        return Webhooks.Find(Keys.Of(app))?.Webhooks ?? [];
    }

    private void Refresh<T>(Table<T> table, string key)
        where T : class, IDocument
    {
        if (!_store.IsShared) return;
        if (_store.Read(table.Name, key) is { } body) table.Load(body);
        else table.Apply(key, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _gate.Dispose();
    }
}
