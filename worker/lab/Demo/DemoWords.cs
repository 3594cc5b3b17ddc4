using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>What people see and press, by an English key. Reading an unknown key is a mistake that throws.</summary>
/// <param name="words">The scenario's <c>words</c>.</param>
internal sealed class DemoWords(JObject words)
{
    internal string this[string key] => (string?)words[key] ?? throw new KeyNotFoundException($"scenario.ja.json has no word '{key}'.");
}
