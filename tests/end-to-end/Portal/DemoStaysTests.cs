using System.Net;
using System.Net.Sockets;
using VulnDiag.EndToEnd.Tests;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>What <c>demo --stay</c> promises: open doors while it stays, nothing left when it ends.</summary>
[Collection(DemoCollection.Name)]
[Trait("Category", "Slow")]
public sealed class DemoStaysTests(PlayedDemo demo)
{
    private OpenDoors Doors => demo.Doors.ShouldNotBeNull(demo.Output);

    [Fact]
    public void A_visitor_sees_one_engagement_as_its_hospital_all_as_the_coordinator_and_the_mails()
    {
        Doors.Hospital.ShouldContain("さくら総合病院");
        Doors.Hospital.ShouldNotContain("みなと記念病院");
        Doors.Coordinator.ShouldContain("さくら総合病院");
        Doors.Coordinator.ShouldContain("みなと記念病院");
        Doors.Mails.ShouldContain("jyoho@h01.example");
    }

    [Fact]
    public async Task Nothing_is_left_when_it_ends()
    {
        (await Doors.LeftAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Should.Throw<SocketException>(() => socket.Connect(IPAddress.Loopback, Doors.Portal.Port));
    }
}
