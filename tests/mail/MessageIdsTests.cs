using CsCheck;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail;

public sealed class MessageIdsTests
{
    private static readonly Gen<(EngagementId Engagement, MailKind Kind)> Any =
        Gen.Select(Gen.Long[1, 99_999_999], Gen.Enum<MailKind>(), static (id, kind) => (new EngagementId(id), kind));

    [Fact]
    public void An_id_tells_its_reference_and_a_reference_its_engagement_and_kind() => Gen.Select(Any, Gen.String).Sample(static (about, key) =>
    {
        var reference = MailKinds.Reference(about.Engagement, about.Kind);
        var id = MessageIds.Of(key, reference, "Worker@VulnDiag.example");
        MessageIds.ReferenceOf(id).ShouldBe(reference);
        MessageIds.ReferenceOf($"<{id}>").ShouldBe(reference);
        id.ShouldEndWith("@vulndiag.example");
        References.Parse(reference).ShouldBe(about);
    });

    [Fact]
    public void Another_key_is_another_id_and_the_same_key_the_same()
    {
        MessageIds.Of("a", "VD-000123-SIL", "w@x.example").ShouldBe(MessageIds.Of("a", "VD-000123-SIL", "w@x.example"));
        MessageIds.Of("a", "VD-000123-SIL", "w@x.example").ShouldNotBe(MessageIds.Of("b", "VD-000123-SIL", "w@x.example"));
    }

    [Theory]
    [InlineData("CAKsfaBW4hj0Gek6TwbR3erng4P1y0CZzJ0d@mail.gmail.com")]
    [InlineData("vd.000123.XXX.1@x.example")]
    [InlineData("vd.123.SIL.1@x.example")]
    [InlineData("evil vd.000123.SIL.1@x.example")]
    [InlineData("")]
    public void Other_ids_tell_nothing(string id) => MessageIds.ReferenceOf(id).ShouldBeNull();

    [Fact]
    public void The_shape_is_frozen_because_answers_to_old_mails_still_come() =>
        MessageIds.Of("000123:SIL:tanto@vendor.example:1", "VD-000123-SIL", "shindan@vulndiag.example")
            .ShouldBe("vd.000123.SIL.afd0395c783960a26d118415@vulndiag.example");
}
