using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A day, a time of day or an instant, in kintone's form.</summary>
internal abstract class MomentType : FieldType
{
    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) =>
        field.Properties["defaultNowValue"] is JValue { Value: true } ? Now(context.Now) : DefaultOf(field, context);

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        var text = Scalar.Text(given);
        if (text is "") return Empty;
        if (text is not null && Normalise(text) is { } value) return value;
        context.Faults.Add(path.With(".value"), Fault);
        return Empty;
    }

    /// <summary>The sentence for a value that is none.</summary>
    protected abstract MessageId Fault { get; }

    /// <summary>The stored form of what was given, or null when it is no such value.</summary>
    protected abstract string? Normalise(string text);

    /// <summary>The stored form of now.</summary>
    protected abstract string Now(DateTimeOffset now);
}

/// <summary>A day.</summary>
internal sealed class DateType : MomentType
{
    /// <inheritdoc/>
    public override string Name => "DATE";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Date;

    /// <inheritdoc/>
    public override JToken Empty => JValue.CreateNull();

    /// <inheritdoc/>
    protected override MessageId Fault => MessageId.NotADate;

    /// <inheritdoc/>
    protected override string? Normalise(string text) => KintoneTime.Date(text) is { } date ? KintoneTime.Show(date) : null;

    /// <inheritdoc/>
    protected override string Now(DateTimeOffset now) => KintoneTime.Show(KintoneTime.Today(now));
}

/// <summary>A time of day.</summary>
internal sealed class TimeType : MomentType
{
    /// <inheritdoc/>
    public override string Name => "TIME";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Time;

    /// <inheritdoc/>
    public override JToken Empty => JValue.CreateNull();

    /// <inheritdoc/>
    protected override MessageId Fault => MessageId.NotATime;

    /// <inheritdoc/>
    protected override string? Normalise(string text) =>
        KintoneTime.TimeOfDay(text) is { } time ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : null;

    /// <inheritdoc/>
    protected override string Now(DateTimeOffset now) => now.ToOffset(KintoneTime.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>An instant, to the minute.</summary>
internal sealed class DateTimeType : MomentType
{
    /// <inheritdoc/>
    public override string Name => "DATETIME";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Instant;

    /// <inheritdoc/>
    protected override MessageId Fault => MessageId.NotADateTime;

    /// <inheritdoc/>
    protected override string? Normalise(string text) => KintoneTime.Instant(text) is { } instant ? ToMinute(instant) : null;

    /// <inheritdoc/>
    protected override string Now(DateTimeOffset now) => ToMinute(now);

    private static string ToMinute(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm':00Z'", CultureInfo.InvariantCulture);
}
