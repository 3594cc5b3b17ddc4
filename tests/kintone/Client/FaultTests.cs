using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Support;
using VulnDiag.Lab.Kintone.Faults;

namespace VulnDiag.Kintone.Client;

public sealed class FaultTests(InstalledTenant installed) : IClassFixture<InstalledTenant>, IDisposable
{
    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => tenant.Emulator.Faults.Clear();

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.DatabaseLocked)]
    [InlineData(FaultKind.Maintenance)]
    public async Task What_was_certainly_not_done_is_repeated_even_when_it_adds(FaultKind kind)
    {
        tenant.Emulator.Faults.Add(new Fault(kind, Times: 2, Method: "POST"));
        var before = await CountAsync();
        await WithClockAsync(client => client.Records.AddAsync(tenant.Apps.Exclusion, Range(), Ct));
        (await CountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task What_may_have_been_done_is_not_repeated_when_it_adds()
    {
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutAfter, Method: "POST"));
        var before = await CountAsync();
        var failure = await Should.ThrowAsync<KintoneException>(() => WithClockAsync(client => client.Records.AddAsync(tenant.Apps.Exclusion, Range(), Ct)));
        failure.Transient.ShouldBeTrue();
        failure.NotDone.ShouldBeFalse();
        failure.Status.ShouldBeNull();
        (await CountAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_cut_reading_is_repeated()
    {
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutBefore, Times: 3, Method: "GET"));
        await WithClockAsync(client => client.Records.QueryAsync(tenant.Apps.Exclusion, KintoneQuery.All, [], Ct));
    }

    [Fact]
    public async Task An_update_whose_answer_was_lost_ends_as_a_conflict_and_is_done_once()
    {
        var record = await tenant.As("coordinator").Records.AddAsync(tenant.Apps.Exclusion, Range(), Ct);
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutAfter, Method: "PUT"));
        var failure = await Should.ThrowAsync<KintoneException>(() => WithClockAsync(client => client.Records.UpdateAsync(tenant.Apps.Exclusion, record.Id, record.Revision, Range(), Ct)));
        failure.IsConflict.ShouldBeTrue();
        (await tenant.As("coordinator").Records.GetAsync(tenant.Apps.Exclusion, record.Id, Ct))!.RecordRevision().ShouldBe(record.Revision + 1);
    }

    [Fact]
    public async Task Maintenance_keeps_its_words_and_is_given_up_in_the_end()
    {
        tenant.Emulator.Faults.Add(new Fault(FaultKind.Maintenance, Times: null));
        var failure = await Should.ThrowAsync<KintoneException>(() => WithClockAsync(client => client.Records.QueryAsync(tenant.Apps.Exclusion, KintoneQuery.All, [], Ct)));
        failure.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        failure.Transient.ShouldBeTrue();
        failure.Code.ShouldBe("");
    }

    [Fact]
    public async Task A_page_of_html_instead_of_an_answer_is_said_in_words_and_not_repeated()
    {
        tenant.Emulator.Faults.Add(new Fault(FaultKind.HtmlPage));
        var failure = await Should.ThrowAsync<KintoneException>(() => WithClockAsync(client => client.Records.QueryAsync(tenant.Apps.Exclusion, KintoneQuery.All, [], Ct)));
        failure.Message.ShouldContain("not JSON");
        failure.Transient.ShouldBeFalse();
    }

    [Fact]
    public async Task A_late_answer_is_a_time_out()
    {
        tenant.Emulator.Faults.Add(new Fault(FaultKind.Latency, Method: "GET", Delay: TimeSpan.FromSeconds(5)));
        using var client = new KintoneClient(new KintoneOptions { BaseUrl = tenant.Emulator.Uri.ToString(), Login = "coordinator", Password = "secret", Retries = 0, Timeout = TimeSpan.FromMilliseconds(300) }, TimeProvider.System);
        var failure = await Should.ThrowAsync<KintoneException>(() => client.Records.QueryAsync(tenant.Apps.Exclusion, KintoneQuery.All, [], Ct));
        failure.Message.ShouldContain("did not answer in time");
        failure.Transient.ShouldBeTrue();
        failure.NotDone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_keeps_kintones_code_id_words_and_paths()
    {
        var failure = await Should.ThrowAsync<KintoneException>(() => tenant.As("coordinator").Records.AddAsync(tenant.Apps.Exclusion, new JObject { ["適用開始"] = Tenant.Value("明日") }, Ct));
        failure.Status.ShouldBe(HttpStatusCode.BadRequest);
        failure.Code.ShouldBe("CB_VA01");
        failure.Id.ShouldNotBeEmpty();
        failure.Concerns("適用開始").ShouldBeTrue();
        failure.Transient.ShouldBeFalse();
        failure.Message.ShouldContain("入力内容が正しくありません");
    }

    [Fact]
    public async Task In_a_bulk_request_the_failed_one_is_named_and_nothing_is_done()
    {
        var version = await tenant.NewEngagementAsync();
        var failure = await Should.ThrowAsync<KintoneException>(() => tenant.As("worker").Bulk.UpdateAndMoveAsync(tenant.Apps.Engagement, version, new JObject { ["対応事項"] = Tenant.Value("x") }, "承認", Ct));
        failure.FailedRequest.ShouldBe(1);
        failure.Code.ShouldBe("GAIA_IL03");
        (await tenant.As("worker").Records.GetAsync(tenant.Apps.Engagement, version.Id, Ct))!.RecordRevision().ShouldBe(version.Revision);
    }

    [Fact]
    public async Task A_wrong_password_is_no_passing_failure()
    {
        using var client = new KintoneClient(new KintoneOptions { BaseUrl = tenant.Emulator.Uri.ToString(), Login = "coordinator", Password = "wrong" }, TimeProvider.System);
        var failure = await Should.ThrowAsync<KintoneException>(() => client.Records.QueryAsync(tenant.Apps.Exclusion, KintoneQuery.All, [], Ct));
        failure.Code.ShouldBe("CB_WA01");
        failure.Transient.ShouldBeFalse();
        failure.Message.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task A_download_that_is_refused_or_missing_keeps_kintones_words()
    {
        var failure = await Should.ThrowAsync<KintoneException>(() => tenant.As("worker").Files.DownloadAsync("nothing", new MemoryStream(), Ct));
        failure.IsNotFound.ShouldBeTrue();
        failure.Code.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("302 Found", "Location: https://evil.example/", "")]
    [InlineData("500 Internal Server Error", "Content-Type: text/html", "<html>oops</html>")]
    [InlineData("520 Unknown", "Content-Type: application/json", "{\"code\":\"CB_WA01\",\"id\":\"x\",\"message\":\"m\"}")]
    [InlineData("200 OK", "Content-Type: application/json", "{\"records\":")]
    public async Task An_odd_answer_is_one_clear_failure(string status, string header, string body)
    {
        using var server = new OneAnswer($"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
        using var client = new KintoneClient(new KintoneOptions { BaseUrl = server.Address, Login = "x", Password = "y", Retries = 0 }, TimeProvider.System);
        var failure = await Should.ThrowAsync<KintoneException>(() => client.Records.QueryAsync(1, KintoneQuery.All, [], Ct));
        failure.Transient.ShouldBe(status.StartsWith("500", StringComparison.Ordinal));
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_listening_is_certainly_not_done()
    {
        using var client = new KintoneClient(new KintoneOptions { BaseUrl = "http://localhost:1", Login = "x", Retries = 0 }, TimeProvider.System);
        var failure = await Should.ThrowAsync<KintoneException>(() => client.Records.AddAsync(1, [], Ct));
        failure.NotDone.ShouldBeTrue();
        failure.Transient.ShouldBeTrue();
    }

    private static JObject Range() => new() { ["除外範囲"] = Tenant.Value("192.0.2.0/24") };

    private async Task<long> CountAsync() => await tenant.As("coordinator").Records.CountAsync(tenant.Apps.Exclusion, KintoneQuery.All, Ct);

    // The waits between repetitions pass at once: the test's clock moves whenever somebody waits for it.
    private async Task WithClockAsync(Func<KintoneClient, Task> act)
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var work = act(tenant.As("coordinator", time, retries: 4));
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await work;
    }

    /// <summary>Answers each connection with the same bytes.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();

        internal OneAnswer(string answer)
        {
            listener.Start();
            _ = ServeAsync(Encoding.UTF8.GetBytes(answer));
        }

        internal string Address => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";

        internal int Connections { get; private set; }

        public void Dispose()
        {
            stop.Cancel();
            listener.Dispose();
        }

        private async Task ServeAsync(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                    Connections++;
                    var stream = connection.GetStream();
                    await stream.ReadAtLeastAsync(new byte[8192], 1, cancellationToken: stop.Token);
                    await stream.WriteAsync(answer, stop.Token);
                }
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The test is over.
            }
        }
    }
}
