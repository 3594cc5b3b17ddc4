using System.Net;
using CsCheck;
using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Stores;

public sealed class StaffListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("192.0.2.77", "192.0.2.77/32")]
    [InlineData(" １９２．０．２．７７／２４ ", "192.0.2.0/24")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("2001:DB8::1", "2001:db8::1/128")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    public void A_range_is_read_as_people_write_it(string typed, string range) => ExclusionMapping.ReadRange(typed).ShouldBe(IPNetwork.Parse(range));

    [Theory]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/24/24")]
    [InlineData("10.0.0.1-10.0.0.9")]
    [InlineData("example.jp")]
    public void What_is_no_range_is_not_taken_for_one(string typed) => ExclusionMapping.ReadRange(typed).ShouldBeNull();

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(static typed => _ = ExclusionMapping.ReadRange(typed));

    [Fact]
    public async Task Exclusions_and_vendors_are_read_and_an_unreadable_range_is_shown()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        var coordinator = tenant.As("coordinator");
        await coordinator.Records.AddAsync(tenant.Apps.Exclusion, new JObject { ["除外範囲"] = Tenant.Value("192.0.2.0/24"), ["適用開始"] = Tenant.Value("2026-11-01"), ["適用終了"] = Tenant.Value("2026-11-30") }, Ct);
        await coordinator.Records.AddAsync(tenant.Apps.Exclusion, new JObject { ["除外範囲"] = Tenant.Value("本館のルータ") }, Ct);
        await coordinator.Records.AddAsync(tenant.Apps.Vendor, new JObject { ["メールアドレス"] = Tenant.Value(" V@Example.jp"), ["ベンダ名"] = Tenant.Value("乙社"), ["担当者"] = Tenant.Value("佐藤"), ["日次まとめ"] = Tenant.Value("する") }, Ct);

        var exclusions = await new ExclusionStore(tenant.As("worker"), tenant.Apps).LoadAsync(Ct);
        exclusions.Select(static each => (each.Typed, each.Range?.ToString())).ShouldBe([("192.0.2.0/24", "192.0.2.0/24"), ("本館のルータ", null)]);
        exclusions[0].InForce(new DateOnly(2026, 11, 30)).ShouldBeTrue();
        exclusions[0].InForce(new DateOnly(2026, 12, 1)).ShouldBeFalse();
        exclusions[0].InForce(new DateOnly(2026, 10, 31)).ShouldBeFalse();
        exclusions[1].InForce(new DateOnly(2030, 1, 1)).ShouldBeTrue();
        (await new VendorStore(tenant.As("worker"), tenant.Apps).LoadAsync(Ct)).ShouldBe([new VendorEntry("v@example.jp", "乙社", "佐藤", Digest: true)]);
    }
}
