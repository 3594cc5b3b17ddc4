namespace VulnDiag.Architecture;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a // b\nc", "a \nc")]
    [InlineData("a /* b\n */ c", "a \n c")]
    [InlineData("\"// no\" // yes", "\"// no\" ")]
    [InlineData("\"\\\"//\" // yes", "\"\\\"//\" ")]
    [InlineData("@\"\\\" // yes", "@\"\\\" ")]
    [InlineData("@\"\"\"//\" // yes", "@\"\"\"//\" ")]
    [InlineData("\"\"\"x \" // no\"\"\" // yes", "\"\"\"x \" // no\"\"\" ")]
    [InlineData("'\"' // yes", "'\"' ")]
    public void Comments_go_and_literals_stay(string source, string expected) => CSharpText.WithoutComments(source).ShouldBe(expected);
}
