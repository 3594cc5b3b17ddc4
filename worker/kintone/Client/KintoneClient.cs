namespace VulnDiag.Kintone.Client;

/// <summary>One signed-in user of one kintone: a property per resource of its REST API. Thread-safe.</summary>
public sealed class KintoneClient : IDisposable
{
    private readonly KintoneConnection connection;

    /// <summary>Opens nothing yet: the first call signs in.</summary>
    /// <exception cref="ArgumentException">The options are not usable; the message says which and why.</exception>
    public KintoneClient(KintoneOptions options, TimeProvider time)
        : this(options, time, handler: null)
    {
    }

    internal KintoneClient(KintoneOptions options, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler>? handler)
    {
        Time = time;
        connection = new KintoneConnection(options, time, handler);
        Records = new RecordResource(connection);
        Cursors = new CursorResource(connection);
        Statuses = new StatusResource(connection);
        Comments = new CommentResource(connection);
        Files = new FileResource(connection);
        Bulk = new BulkResource(connection);
        Apps = new AppResource(connection);
        Settings = new AppSettingResource(connection);
        Deployments = new DeployResource(connection, time);
    }

    /// <summary>Requests sent so far, repetitions included: kintone allows 10,000 an app and day.</summary>
    public long Requests => connection.Requests;

    /// <summary>record.json and records.json.</summary>
    public RecordResource Records { get; }

    /// <summary>records/cursor.json.</summary>
    public CursorResource Cursors { get; }

    /// <summary>record/status.json.</summary>
    public StatusResource Statuses { get; }

    /// <summary>record/comment.json and record/comments.json.</summary>
    public CommentResource Comments { get; }

    /// <summary>file.json.</summary>
    public FileResource Files { get; }

    /// <summary>bulkRequest.json.</summary>
    public BulkResource Bulk { get; }

    /// <summary>apps.json and preview/app.json.</summary>
    public AppResource Apps { get; }

    /// <summary>Form, views, process management, rights, notifications.</summary>
    internal AppSettingResource Settings { get; }

    /// <summary>preview/app/deploy.json.</summary>
    internal DeployResource Deployments { get; }

    /// <summary>The clock that waits between calls are measured by.</summary>
    internal TimeProvider Time { get; }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();
}
