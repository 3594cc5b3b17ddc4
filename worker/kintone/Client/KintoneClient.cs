namespace VulnDiag.Kintone.Client;

/// <summary>One signed-in user of one kintone: a property per resource of its REST API. Thread-safe.</summary>
public sealed class KintoneClient : IDisposable
{
    private readonly KintoneConnection _connection;

    /// <summary>Opens nothing yet: the first call signs in.</summary>
    /// <exception cref="ArgumentException">The options are not usable; the message says which and why.</exception>
    public KintoneClient(KintoneOptions options, TimeProvider time)
        : this(options, time, handler: null)
    {
    }

    internal KintoneClient(KintoneOptions options, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler>? handler)
    {
        Time = time;
        _connection = new KintoneConnection(options, time, handler);
        Records = new RecordResource(_connection);
        Cursors = new CursorResource(_connection);
        Statuses = new StatusResource(_connection);
        Comments = new CommentResource(_connection);
        Files = new FileResource(_connection);
        Bulk = new BulkResource(_connection);
        Apps = new AppResource(_connection);
        Settings = new AppSettingResource(_connection);
        Deployments = new DeployResource(_connection, time);
    }

    /// <summary>Requests sent so far, repetitions included: kintone allows 10,000 an app and day.</summary>
    public long Requests => _connection.Requests;

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
    public void Dispose() => _connection.Dispose();
}
