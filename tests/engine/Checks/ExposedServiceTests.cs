using VulnDiag.Engine.Checks.Exposure;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Checks;

public sealed class ExposedServiceTests
{
    public static TheoryData<string, string> Services => new()
    {
        { "ssh-exposed", "ssh" },
        { "smb-exposed", "microsoft-ds" },
        { "rdp-exposed", "ms-wbt-server" },
        { "vnc-exposed", "vnc" },
        { "x11-exposed", "x11" },
        { "winrm-exposed", "wsman" },
        { "database-exposed", "mysql" },
        { "database-exposed", "postgresql" },
        { "database-exposed", "redis" },
        { "database-exposed", "etcd-client" },
        { "directory-exposed", "ldap" },
        { "video-stream-exposed", "rtsp" },
        { "dicom-visible", "acr-nema" },
        { "hl7-visible", "hl7" },
        { "printer-visible", "jetdirect" },
        { "pptp-exposed", "pptp" },
        { "rpcbind-exposed", "rpcbind" },
        { "tftp-exposed", "tftp" },
        { "nfs-exposed", "nfs" },
        { "upnp-exposed", "upnp" },
        { "small-services", "chargen" },
        { "docker-api-exposed", "docker" },
        { "kubernetes-api-exposed", "kubernetes-api" },
        { "remote-debugging", "jdwp" },
        { "sip-exposed", "sip" },
        { "ipmi-exposed", "asf-rmcp" },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void The_service_is_positive_and_no_other_is_judged(string id, string service)
    {
        var check = CheckCatalogue.Passive.Single(check => check.Id == id);

        check.AppliesTo(Facts.Port(service)).ShouldBeTrue();
        check.AppliesTo(Facts.Port("http")).ShouldBeFalse();
        check.AppliesTo(Facts.Port(null)).ShouldBeFalse();
        var outcome = check.Judge(Facts.Of(Facts.Port(service)));
        outcome.Verdict.ShouldBe(CheckVerdict.Positive);
        outcome.Evidence.Text.ShouldBe("tcp/4242 open");
    }

    [Fact]
    public void Every_such_check_is_in_the_table()
    {
        var ids = CheckCatalogue.Passive.OfType<ExposedService>().Select(static check => check.Id);

        ids.Order().ShouldBe(Services.Select(static row => row.Data.Item1).Distinct().Order());
    }
}
