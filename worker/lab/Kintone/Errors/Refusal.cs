namespace VulnDiag.Lab.Kintone.Errors;

/// <summary>A request the emulator refuses, in kintone's form: an HTTP status, a code, a sentence and, for validation, faults by path.</summary>
/// <remarks>Thrown where the fault is found; the dispatcher rolls the transaction back and writes the answer. Codes: docs/kintone-behaviour.md.</remarks>
internal sealed class Refusal(int status, string code, MessageId message, params object[] arguments) : Exception($"{status} {code} {message}")
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>kintone's code, such as <c>GAIA_CO02</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The sentence.</summary>
    public MessageId Sentence { get; } = message;

    /// <summary>What fills the sentence's gaps.</summary>
    public IReadOnlyList<object> Arguments { get; } = arguments;

    /// <summary>The faults by path, when this is a validation error.</summary>
    public FaultList? Faults { get; init; }

    /// <summary>Which request of a bulk request this is about, and how many those are; null outside of one.</summary>
    public (int Index, int Count)? BulkPosition { get; private init; }

    /// <summary>The same refusal as part of a bulk request.</summary>
    public Refusal InBulk(int index, int count) => new(Status, Code, Sentence, [.. Arguments]) { Faults = Faults, BulkPosition = (index, count) };
}
