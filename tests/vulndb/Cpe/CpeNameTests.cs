using CsCheck;

namespace VulnDiag.VulnDb.Cpe;

public sealed class CpeNameTests
{
    [Fact]
    public void A_formatted_string_is_read_by_component()
    {
        var name = CpeName.Parse("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")!;

        (name.Part, name.Vendor, name.Product, name.Version, name.Update, name.Other).ShouldBe(("a", "openbsd", "openssh", "9.2", "p1", "*"));
        name.Key.ShouldBe("a:openbsd:openssh");
    }

    [Theory]
    [InlineData("cpe:2.3:a:cisco:adaptive_security_appliance_software:9.8\\(2\\)20:*:*:*:*:*:*:*", "9.8(2)20")]
    [InlineData("cpe:2.3:o:yamaha:rtx1200_firmware:rev.10.01.78:*:*:*:*:*:*:*", "rev.10.01.78")]
    [InlineData("cpe:2.3:a:x:y:1\\:2:*:*:*:*:*:*:*", "1:2")]
    [InlineData("cpe:2.3:a:x:y:1.0\\+dfsg\\-1:*:*:*:*:*:*:*", "1.0+dfsg-1")]
    [InlineData("cpe:2.3:a:X:Y:1.0B:*:*:*:*:*:*:*", "1.0b")]
    [InlineData("cpe:/a:openbsd:openssh:7.4", "7.4")]
    [InlineData("cpe:/o:linux:linux_kernel", "*")]
    [InlineData("cpe:/a:x:y:1%2b2", "1+2")]
    [InlineData("cpe:2.3:a:x:y:\\-:*:*:*:*:*:*:*", "\\-")]
    [InlineData("cpe:2.3:a:x:y:-:*:*:*:*:*:*:*", "-")]
    public void Escapes_are_undone_and_case_is_lost(string text, string version) => CpeName.Parse(text)!.Version.ShouldBe(version);

    [Theory]
    [InlineData("")]
    [InlineData("cpe:2.3:a:openbsd:openssh:9.2")]
    [InlineData("cpe:2.3:x:openbsd:openssh:9.2:p1:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:openbsd::9.2:p1:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:*:openssh:9.2:p1:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*:*")]
    [InlineData("cpe:/a:openbsd")]
    [InlineData("openssh 9.2")]
    public void What_is_no_name_is_not_read(string text) => CpeName.Parse(text).ShouldBeNull();

    [Fact]
    public void A_name_is_written_as_it_was_read()
    {
        foreach (var text in new[]
        {
            "cpe:2.3:a:cisco:adaptive_security_appliance_software:9.8\\(2\\)20:*:*:*:*:*:*:*", "cpe:2.3:o:linux:linux_kernel:6.1:rc1:*:*:*:*:x64:*",
            "cpe:2.3:a:x:y:-:*:*:*:*:*:*:*", "cpe:2.3:a:x:y:\\-:*:*:*:*:*:*:*",
        }) CpeName.Parse(text)!.ToString().ShouldBe(text);
    }

    [Fact]
    public void Any_text_is_a_name_or_none_and_a_name_survives_writing() =>
        Gen.String[Gen.Char["ab1.:\\*-+()~ _"], 0, 30].Sample(static tail =>
            CpeName.Parse("cpe:2.3:a:x:y:" + tail) is not { } name || CpeName.Parse(name.ToString()) == name);
}
