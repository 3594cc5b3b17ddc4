namespace VulnDiag.Lab.Kintone.State;

/// <summary>An immutable document the emulator keeps. Its key is unique within its table.</summary>
internal interface IDocument
{
    /// <summary>The key, never changed.</summary>
    string Key { get; }
}
