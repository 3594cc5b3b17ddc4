using VulnDiag.TestSupport;

namespace VulnDiag.Engine.Support;

/// <summary>Answers of real servers, captured once; tests/fixtures/engine/README.md says of which, and when.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(SharedMaterial.RepositoryRoot, "tests", "fixtures", "engine", name + ".bin"));
}
