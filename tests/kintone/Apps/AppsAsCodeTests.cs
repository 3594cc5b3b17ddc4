using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;
using VulnDiag.TestSupport;

namespace VulnDiag.Kintone.Apps;

public sealed class AppsAsCodeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_applied_is_exported_byte_for_byte()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        var exported = await tenant.AppsAsCode().ExportAsync(Ct);
        exported.Count.ShouldBe(50);
        foreach (var (path, text) in exported) text.ShouldBe(await File.ReadAllTextAsync(Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def", path), Ct), path);
    }

    [Fact]
    public async Task An_export_applied_to_another_tenant_exports_the_same()
    {
        await using var first = await Tenant.InstalledAsync(Ct);
        await using var second = await Tenant.EmptyAsync(Ct);
        // Another tenant has other ids.
        await second.As("admin").Apps.CreateAsync("another", Ct);
        var exported = await first.AppsAsCode().ExportAsync(Ct);
        var apps = second.AppsAsCode(AppDefinition.Load(exported));
        (await apps.ApplyAsync(Ct)).Succeeded.ShouldBeTrue();
        (await apps.ExportAsync(Ct)).ShouldBe(exported);
    }

    [Fact]
    public async Task Applying_again_changes_nothing()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        (await tenant.AppsAsCode().PlanAsync(Ct)).Lines.ShouldBe(["Nothing to do: the apps are as defined."]);
        var again = await tenant.AppsAsCode().ApplyAsync(Ct);
        again.Succeeded.ShouldBeTrue();
        again.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fresh_install_has_no_drift_and_its_process_management_is_the_life_cycle()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        (await tenant.AppsAsCode().CheckAsync(Ct)).Lines.ShouldBe(["No drift: the apps are as defined, and process management is the life cycle."]);
    }

    [Fact]
    public async Task A_plan_of_an_empty_tenant_names_the_five_apps_and_changes_nothing()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var plan = await tenant.AppsAsCode().PlanAsync(Ct);
        plan.Lines.ShouldBe(["+ communication  通信記録", "+ engagement  案件", "+ exclusion  除外リスト", "+ finding  指摘事項", "+ vendor  ベンダ台帳"]);
        await Should.ThrowAsync<InvalidOperationException>(() => tenant.AppsAsCode().CheckAsync(Ct));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("app/form/fields.json", "{'properties':{'医療機関名':{'type':'SINGLE_LINE_TEXT','label':'病院名'}}}", "~ engagement fields 医療機関名.label")]
    [InlineData("app/views.json", "{'views':{'x':{'type':'LIST','name':'x','index':0,'fields':['版']}}}", "- engagement views x")]
    [InlineData("record/acl.json", "{'rights':[]}", "+ engagement record-acl [")]
    [InlineData("field/acl.json", "{'rights':[]}", "+ engagement field-acl [医療機関ユーザー]")]
    [InlineData("app/settings.json", "{'name':'案件','enableDuplicateRecord':true}", "~ engagement app enableDuplicateRecord")]
    [InlineData("app/notifications/general.json", "{'notifications':[],'notifyToCommenter':true}", "~ engagement notifications general.notifyToCommenter")]
    [InlineData("app/status.json", "{'actions':[]}", "+ engagement status actions[提出 (回答待ち)]")]
    public async Task Drift_by_hand_is_seen_and_undone(string resource, string content, string line)
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        await ChangeByHandAsync(tenant, resource, content, deploy: true);
        var check = await tenant.AppsAsCode().CheckAsync(Ct);
        check.Sound.ShouldBeFalse();
        check.Lines.ShouldContain(each => each.Contains(line, StringComparison.Ordinal), string.Join('\n', check.Lines));
        (await tenant.AppsAsCode().ApplyAsync(Ct)).Succeeded.ShouldBeTrue();
        (await tenant.AppsAsCode().CheckAsync(Ct)).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task Somebodys_draft_is_shown_and_not_overwritten_unless_told_so()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        await ChangeByHandAsync(tenant, "app/settings.json", "{'name':'案件','enableDuplicateRecord':true}", deploy: false);
        var refused = await tenant.AppsAsCode().ApplyAsync(Ct);
        refused.Succeeded.ShouldBeFalse();
        refused.Plan.ForeignDrafts.ShouldHaveSingleItem().Path.ShouldBe("enableDuplicateRecord");
        var taken = await tenant.AppsAsCode(options: new AppsOptions { Tenant = "x", TakeDrafts = true }).ApplyAsync(Ct);
        taken.Succeeded.ShouldBeTrue();
        (await tenant.AppsAsCode().CheckAsync(Ct)).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_field_too_many_goes_when_it_is_empty_and_stays_when_nobody_may_look()
    {
        await using var tenant = await Tenant.InstalledAsync(Ct);
        await tenant.NewEngagementAsync();
        await AddFieldByHandAsync(tenant, "余分");
        // The administrator has no right on the records, so nobody can tell: the field is kept.
        var kept = await tenant.AppsAsCode().ApplyAsync(Ct);
        kept.Succeeded.ShouldBeFalse();
        kept.Lines.ShouldContain(static line => line.Contains("余分 is kept", StringComparison.Ordinal));
        var destroyed = await tenant.AppsAsCode(options: new AppsOptions { Tenant = "x", AllowDestroy = true }).ApplyAsync(Ct);
        destroyed.Succeeded.ShouldBeTrue(string.Join('\n', destroyed.Lines));
        (await tenant.AppsAsCode().CheckAsync(Ct)).Sound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_version_adds_fields_and_columns_and_keeps_the_data()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var files = (await NowAsync()).ToDictionary();
        var older = new Dictionary<string, string>(files)
        {
            ["engagement/fields.json"] = Without(files["engagement/fields.json"], "properties.差戻し理由", "properties.対象回線.fields.型番"),
            ["engagement/layout.json"] = WithoutPlace(files["engagement/layout.json"], "差戻し理由", "型番"),
            ["engagement/field-acl.json"] = WithoutRight(files["engagement/field-acl.json"], "差戻し理由"),
        };
        (await tenant.AppsAsCode(AppDefinition.Load(older)).ApplyAsync(Ct)).Succeeded.ShouldBeTrue();
        var ids = await tenant.AppsAsCode(AppDefinition.Load(older)).IdsAsync(Ct);
        var record = await tenant.As("coordinator").Records.AddAsync(
            ids.Engagement, new JObject { ["医療機関名"] = Tenant.Value("甲病院"), ["対象回線"] = Tenant.Rows(new JObject { ["回線ID"] = Tenant.Value("L1") }) }, Ct);
        var migrated = await tenant.AppsAsCode().ApplyAsync(Ct);
        migrated.Succeeded.ShouldBeTrue(string.Join('\n', migrated.Lines));
        var after = (await tenant.As("coordinator").Records.GetAsync(ids.Engagement, record.Id, Ct))!;
        after["医療機関名"]!["value"]!.ToString().ShouldBe("甲病院");
        after["対象回線"]!["value"]![0]!["value"]!["回線ID"]!["value"]!.ToString().ShouldBe("L1");
        after["対象回線"]!["value"]![0]!["value"]!["型番"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Ids_of_another_tenant_at_the_same_address_are_not_trusted()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var stranger = await tenant.As("admin").Apps.CreateAsync("somebody else's", Ct);
        var idFile = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(idFile, new JObject { ["t"] = new JObject { ["engagement"] = new JObject { ["id"] = stranger.Id, ["draftRevision"] = 0 } } }.ToString(), Ct);
        try
        {
            var applied = await tenant.AppsAsCode(options: new AppsOptions { Tenant = "t", IdFile = idFile }).ApplyAsync(Ct);
            applied.Succeeded.ShouldBeTrue(string.Join('\n', applied.Lines));
            applied.Ids["engagement"].ShouldNotBe(stranger.Id);
            (await tenant.As("admin").Settings.GetAsync(stranger.Id, "app/settings.json", preview: true, Ct)).Number("revision").ShouldBe(stranger.Revision);
        }
        finally
        {
            File.Delete(idFile);
        }
    }

    [Fact]
    public async Task The_folder_of_the_ids_is_made_before_the_first_app_is()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var folder = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}");
        var idFile = Path.Combine(folder, "ids.json");
        try
        {
            var applied = await tenant.AppsAsCode(options: new AppsOptions { Tenant = "t", IdFile = idFile }).ApplyAsync(Ct);
            applied.Succeeded.ShouldBeTrue(string.Join('\n', applied.Lines));
            Directory.GetFiles(folder).ShouldBe([idFile]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Where_ids_cannot_be_kept_no_app_is_made()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        await Should.ThrowAsync<IOException>(() => tenant.AppsAsCode(options: new AppsOptions { Tenant = "t", IdFile = "/proc/nowhere/ids.json" }).ApplyAsync(Ct));
        tenant.Emulator.Requests.Snapshot().ShouldNotContain(static entry => entry.Request.StartsWith("POST", StringComparison.Ordinal) && entry.Request.Contains("preview/app", StringComparison.Ordinal));
    }

    /// <summary>Each run gets one write through, and then its answer is lost or the next write never leaves: whatever the cut, the next run goes on.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_apply_cut_at_any_write_goes_on(bool answerIsLost)
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var idFile = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}.json");
        var options = new AppsOptions { Tenant = "t", IdFile = idFile };
        var cuts = 0;
        var lost = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            for (var done = false; !done;)
            {
                var cut = new CutAtWrite(answerIsLost ? lost : null);
                var apps = new AppsAsCode(tenant.As("admin", handler: cut.Wrap), options, AppDefinition.Embedded());
                try
                {
                    var result = await apps.ApplyAsync(Ct);
                    done = result.Succeeded;
                    done.ShouldBeTrue(string.Join('\n', result.Lines));
                }
                catch (KintoneException broken) when (broken.Transient)
                {
                    (++cuts).ShouldBeLessThan(200);
                }
            }

            cuts.ShouldBeGreaterThan(40);
            (await tenant.AppsAsCode().CheckAsync(Ct)).Sound.ShouldBeTrue();
            (await tenant.As("admin").Apps.NamedAsync("案件", Ct)).Count.ShouldBe(1);
        }
        finally
        {
            File.Delete(idFile);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_cut_apply_goes_on_where_it_stopped()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var idFile = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}.json");
        var options = new AppsOptions { Tenant = "t", IdFile = idFile };
        try
        {
            for (var attempt = 0; attempt < 40; attempt++)
            {
                // Each time a few calls further, then the line is cut for good.
                tenant.Emulator.Faults.Clear();
                var cut = new CutAfter(allowed: 8 + (attempt * 25));
                var apps = new AppsAsCode(tenant.As("admin", handler: cut.Wrap), options, AppDefinition.Embedded());
                try
                {
                    var result = await apps.ApplyAsync(Ct);
                    result.Succeeded.ShouldBeTrue(string.Join('\n', result.Lines));
                    break;
                }
                catch (KintoneException broken) when (broken.Transient)
                {
                    attempt.ShouldBeLessThan(39);
                }
            }

            (await tenant.AppsAsCode().CheckAsync(Ct)).Sound.ShouldBeTrue();
            (await tenant.As("admin").Apps.NamedAsync("案件", Ct)).Count.ShouldBe(1);
        }
        finally
        {
            File.Delete(idFile);
        }
    }

    [Fact]
    public async Task The_worker_finds_the_apps_by_name_or_by_the_id_file_although_it_may_not_manage_them()
    {
        await using var tenant = await Tenant.EmptyAsync(Ct);
        var idFile = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}.json");
        try
        {
            await tenant.AppsAsCode(options: new AppsOptions { Tenant = "t", IdFile = idFile }).ApplyAsync(Ct);
            var byName = await new AppsAsCode(tenant.As("worker"), new AppsOptions { Tenant = "t" }).IdsAsync(Ct);
            var worker = tenant.As("worker");
            (await new AppsAsCode(worker, new AppsOptions { Tenant = "t", IdFile = idFile }).IdsAsync(Ct)).ShouldBe(byName);
            worker.Requests.ShouldBe(0);
        }
        finally
        {
            File.Delete(idFile);
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> NowAsync()
    {
        var root = Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def");
        var files = new Dictionary<string, string>();
        foreach (var path in Directory.GetFiles(root, "*.json", SearchOption.AllDirectories)) files[Path.GetRelativePath(root, path)] = await File.ReadAllTextAsync(path, Ct);
        return files;
    }

    private static async Task ChangeByHandAsync(Tenant tenant, string resource, string content, bool deploy)
    {
        var admin = tenant.As("admin");
        var revision = (await admin.Settings.GetAsync(tenant.Apps.Engagement, "app/settings.json", preview: true, Ct)).Number("revision");
        revision = await admin.Settings.PutAsync(tenant.Apps.Engagement, resource, revision, JObject.Parse(content), Ct);
        if (deploy) await admin.Deployments.DeployAsync(tenant.Apps.Engagement, revision, Ct);
    }

    private static async Task AddFieldByHandAsync(Tenant tenant, string code)
    {
        var admin = tenant.As("admin");
        var revision = (await admin.Settings.GetAsync(tenant.Apps.Engagement, "app/settings.json", preview: true, Ct)).Number("revision");
        var field = new JObject { [code] = new JObject { ["type"] = "SINGLE_LINE_TEXT", ["code"] = code, ["label"] = code } };
        revision = await admin.Settings.AddFieldsAsync(tenant.Apps.Engagement, revision, field, Ct);
        await admin.Deployments.DeployAsync(tenant.Apps.Engagement, revision, Ct);
    }

    private static string Without(string json, params string[] paths)
    {
        var content = JObject.Parse(json);
        foreach (var path in paths) content.SelectToken(path)!.Parent!.Remove();
        return CanonicalJson.Write(content);
    }

    private static string WithoutPlace(string json, params string[] codes)
    {
        var content = JObject.Parse(json);
        foreach (var place in content.SelectTokens("$..fields[?(@.code)]").Where(place => codes.Contains(place["code"]!.ToString())).ToList()) place.Remove();
        return CanonicalJson.Write(content);
    }

    private static string WithoutRight(string json, string code)
    {
        var content = JObject.Parse(json);
        content["rights"]!.Single(right => right["code"]!.ToString() == code).Remove();
        return CanonicalJson.Write(content);
    }

    /// <summary>Lets one write through, and the next never leaves; or, with a list of those lost before, loses the answer of a write once.</summary>
    private sealed class CutAtWrite(HashSet<string>? lost)
    {
        private int writes;

        internal HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this, lost) { InnerHandler = inner };

        private sealed class Handler(CutAtWrite owner, HashSet<string>? lost) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var isRead = request.Method == HttpMethod.Get || request.Headers.Contains("X-HTTP-Method-Override");
                if (isRead) return await base.SendAsync(request, cancellationToken);
                if (lost is null && owner.writes++ > 0) throw new HttpRequestException("cut");
                var body = await request.Content!.ReadAsStringAsync(cancellationToken);
                var answer = await base.SendAsync(request, cancellationToken);
                if (lost is null || !lost.Add($"{request.Method} {request.RequestUri} {Regex.Replace(body, "\"revision\": ?\\d+", "")}")) return answer;
                answer.Dispose();
                throw new HttpRequestException("cut");
            }
        }
    }

    private sealed class CutAfter(int allowed)
    {
        private int left = allowed;

        internal HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this) { InnerHandler = inner };

        private sealed class Handler(CutAfter owner) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                Interlocked.Decrement(ref owner.left) >= 0 ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("cut");
        }
    }
}
