using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MongodbProbeTests
{
    private readonly MongodbProbe _probe = new();

    [Theory]
    [InlineData(true, FactNames.No)]
    [InlineData(false, FactNames.Yes)]
    public async Task Version_and_openness_are_read(bool open, string expected)
    {
        var names = open ? Message(Field(0x01, "totalSize", new byte[8])) : Message(Field(0x10, "code", [13, 0, 0, 0]));
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery, Silent = true }
            .Hears("buildInfo").Says(Message(Field(0x02, "version", [7, 0, 0, 0, .. "4.4.18"u8, 0]))).Hears("listDatabases").Says(names)));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Product.ShouldBe("MongoDB");
            outcome.Identification.Version.ShouldBe("4.4.18");
            outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(expected);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 20 }.Hears().Says(Message(Field(0x10, "ok", [1, 0, 0, 0]))));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    private static byte[] Field(byte type, string name, byte[] value) => [type, .. Encoding.ASCII.GetBytes(name), 0, .. value];

    /// <summary>OP_MSG with one document: MongoDB wire protocol, "OP_MSG"; bsonspec.org.</summary>
    private static byte[] Message(byte[] fields)
    {
        byte[] document = [(byte)(fields.Length + 5), 0, 0, 0, .. fields, 0];
        return [(byte)(21 + document.Length), 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0xDD, 7, 0, 0, 0, 0, 0, 0, 0, .. document];
    }
}
