using System.Net;
using CsCheck;

namespace VulnDiag.Lab.Portal;

/// <summary>Whatever a form or an address brings: an answer in words, never a crash.</summary>
public sealed class PortalFuzzTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const int Samples = 120;

    private static readonly string[] Pieces =
        ["", "f:", "t:", "r:", "k:", "n:", "d:", "p", "do", "original", "revision", "対象回線", "医療機関名", "診断候補日時", "候補開始", "報告書", "受領確認", "自院管理", ":", "0", "-1", "99999999999999999999", "add", "remove", "save", "{", "}", "[", "null", "\0", "\r\n", "'\"<>", "2026-13-45T99:99"];

    private static readonly Gen<string> Text = Gen.Frequency((3, Gen.Int[0, Pieces.Length - 1].Select(static at => Pieces[at])), (3, Gen.Int[0, Pieces.Length - 1].Select(static at => Pieces[at]).Array[1, 5].Select(static pieces => string.Concat(pieces))), (1, Gen.String[0, 30]));

    [Fact]
    public async Task A_form_of_anything_is_answered_in_words()
    {
        var id = await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        var token = hospital.Value("token");
        var fields = Gen.Select(Text, Text).Array[0, 12];
        foreach (var page in new[] { "edit", "action", "assign", "comment", "comment/delete" })
        {
            await fields.SampleAsync(
                async values =>
                {
                    await hospital.Post($"/k/{portal.Engagements}/{page}?record={id}", [("token", token), .. values.Where(static value => value.Item1 is { Length: > 0 } && !value.Item1.Any(char.IsControl) && !value.Item1.Contains('"', StringComparison.Ordinal)).Select(static value => (value.Item1, value.Item2))]);
                    ((int)hospital.Status).ShouldBeLessThan(500);
                    hospital.Html.ShouldContain("<html lang=\"ja\">");
                },
                iter: Samples,
                threads: 1);
        }
    }

    [Fact]
    public async Task An_address_of_anything_is_answered()
    {
        await portal.Engagement("hospital-a");
        var hospital = await portal.LoggedIn("hospital-a");
        await Gen.Select(Text, Text, Text).SampleAsync(
            async parts =>
            {
                var (view, sort, sought) = parts;
                await hospital.OpenOnly($"/k/{portal.Engagements}/?view={Uri.EscapeDataString(view)}&sort={Uri.EscapeDataString(sort)}&q={Uri.EscapeDataString(sought)}&page={Uri.EscapeDataString(view)}&record={Uri.EscapeDataString(sort)}");
                ((int)hospital.Status).ShouldBeLessThan(500);
            },
            iter: Samples,
            threads: 1);
        await hospital.OpenOnly("/k/99999999/");
        hospital.Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
