using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>A REST resource: a path below <c>/k/v1/</c> and what each method does there. A class without constructor arguments, found by reflection.</summary>
internal interface IResource
{
    /// <summary>The paths and methods served.</summary>
    IEnumerable<Operation> Operations { get; }
}

/// <summary>What a method does at a path.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">The path below <c>/k/v1/</c>.</param>
/// <param name="Run">Does it, and returns the answer's body; refuses by throwing.</param>
internal sealed record Operation(string Method, string Path, Func<Call, JObject> Run);
