using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone;

public sealed class MessagesTests
{
    [Fact]
    public void Every_sentence_has_words_in_all_languages_and_every_words_a_sentence()
    {
        var texts = (JObject)LabData.Read("messages.json");
        texts.Properties().Select(text => text.Name).Order().ShouldBe(Enum.GetNames<MessageId>().Order());
        foreach (var id in Enum.GetValues<MessageId>())
            foreach (var language in new[] { "ja", "en", "zh" })
                Messages.Text(id, language, ["1", "2"]).ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(null, "ja")]
    [InlineData("*", "ja")]
    [InlineData("en-US,en;q=0.9", "en")]
    [InlineData("fr, en;q=0.5", "en")]
    [InlineData("ja,en", "ja")]
    [InlineData("en;q=0.3, ja;q=0.9", "ja")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData("jar, EN", "en")]
    [InlineData(";;q=x,\"", "ja")]
    public void The_first_language_that_is_known_is_spoken(string? header, string language) => Messages.Language(header).ShouldBe(language);
}
