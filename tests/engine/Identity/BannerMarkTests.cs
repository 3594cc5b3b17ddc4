namespace VulnDiag.Engine.Identity;

public sealed class BannerMarkTests
{
    // Daytime of openbsd-inetd, and greetings in the forms of Exim, Sendmail, Exchange, Pure-FTPd and Courier, a day apart.
    [Theory]
    [InlineData("220 m ESMTP Exim 4.96 Tue, 24 Nov 2026 10:00:00 +0900", "220 m ESMTP Exim 4.96 Wed, 25 Nov 2026 11:07:59 +0900")]
    [InlineData("220 m ESMTP Sendmail 8.17.1/8.17.1; Tue, 1 Dec 2026 10:00:00 +0900 (JST)", "220 m ESMTP Sendmail 8.17.1/8.17.1; Tue, 15 Dec 2026 10:00:00 +0900 (JST)")]
    [InlineData("220-You are user number 1 of 50 allowed.\\n220-Local time is now 11:29.", "220-You are user number 12 of 50 allowed.\\n220-Local time is now 23:59.")]
    [InlineData("+OK Hello there. <1234.5678@mail>", "+OK Hello there. <9876.5432@mail>")]
    public void The_passing_makes_no_difference(string one, string other) => BannerMark.Of(one).ShouldBe(BannerMark.Of(other));

    [Fact]
    public void A_greeting_of_nothing_but_the_time_is_no_mark() => BannerMark.Of("Tue Nov 24 12:06:15 2026").ShouldBeNull();

    [Theory]
    [InlineData("220 (vsFTPd 3.0.3)", "220 (vsFTPd 3.0.5)")]
    [InlineData("220 mail.example.jp ESMTP Postfix", "220 mx.example.org ESMTP Postfix")]
    public void Another_server_stays_another(string one, string other) => BannerMark.Of(one).ShouldNotBe(BannerMark.Of(other));
}
