namespace VulnDiag.Kintone.Client;

public sealed class KintoneOptionsTests
{
    [Theory]
    [InlineData("https://example.cybozu.com")]
    [InlineData("https://example.cybozu.com/")]
    [InlineData("http://localhost:8080")]
    public void An_address_that_keeps_the_password_is_taken(string address) =>
        new KintoneOptions { BaseUrl = address, Login = "x" }.Address().ToString().TrimEnd('/').ShouldBe(address.TrimEnd('/'));

    [Theory]
    [InlineData("http://example.cybozu.com", "must be https")]
    [InlineData("http://127.0.0.1:8080", "must be https")]
    [InlineData("http://localhost.example.com", "must be https")]
    [InlineData("ftp://localhost", "must be https")]
    [InlineData("example.cybozu.com", "no address")]
    [InlineData("https://example.cybozu.com/k/", "no address")]
    [InlineData("", "no address")]
    public void Another_is_refused_in_words(string address, string words) =>
        Should.Throw<ArgumentException>(() => new KintoneOptions { BaseUrl = address, Login = "x" }.Address()).Message.ShouldContain(words);

    [Fact]
    public void Nobody_or_too_many_tokens_cannot_sign_in()
    {
        Should.Throw<ArgumentException>(static () => new KintoneOptions { BaseUrl = "https://e.cybozu.com" }.Address());
        Should.Throw<ArgumentException>(static () => new KintoneOptions { BaseUrl = "https://e.cybozu.com", Tokens = [.. Enumerable.Repeat("t", 10)] }.Address());
    }

    [Fact]
    public void The_options_as_text_hold_no_secret() =>
        new KintoneOptions { BaseUrl = "https://e.cybozu.com", Login = "worker", Password = "hidden", Tokens = ["hidden"] }.ToString().ShouldNotContain("hidden");

    [Fact]
    public void Lists_travel_with_their_positions_and_everything_is_encoded() =>
        QueryParameters.Of(new Newtonsoft.Json.Linq.JObject { ["fields"] = new Newtonsoft.Json.Linq.JArray("$id", "回線 ID&"), ["totalCount"] = true, ["none"] = null })
            .ShouldBe([("fields%5B0%5D", "%24id"), ("fields%5B1%5D", "%E5%9B%9E%E7%B7%9A%20ID%26"), ("totalCount", "true")]);
}
