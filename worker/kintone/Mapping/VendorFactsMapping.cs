using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Facts;
using VulnDiag.Model.Text;
using static VulnDiag.Kintone.Mapping.EngagementField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of ベンダ回答.</summary>
internal static class VendorFactsMapping
{
    /// <summary>What names a row.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [Question.Code(), AnswerLineId.Code(), AnswerVendorMail.Code(), AboutHash.Code(), Round.Code()];

    /// <summary>Reads a row; null for one without a question, which a person may have added by mistake.</summary>
    internal static VendorFacts? Read(FieldReader<EngagementField> row) => row.Word<VendorQuestion>(Question) is not { } question ? null : new VendorFacts
    {
        Question = question,
        Line = new Domain.LineId(Nfkc.Normalize(row.Text(AnswerLineId)).Trim()),
        VendorMail = row.Text(AnswerVendorMail),
        AboutHash = row.Text(AboutHash),
        Round = (int)Math.Clamp(row.Number(Round) ?? 1, 1, int.MaxValue),
        AskedAt = row.Time(AskedAt),

        // Either question's words are taken for either: a coordinator who picks the other yes means yes.
        Reply = row.Word<VendorReply>(Reply, "ValidityReply", "SilenceReply"),
        RepliedAt = row.Time(RepliedAt),
        Remark = row.Text(ReplyRemark),
    };

    internal static JObject Write(VendorFacts answer) => new JObject()
        .Set(Question, FieldValue.Word<VendorQuestion>(answer.Question))
        .Set(AnswerLineId, FieldValue.Line(answer.Line.Value))
        .Set(AnswerVendorMail, FieldValue.Line(answer.VendorMail))
        .Set(AboutHash, FieldValue.Line(answer.AboutHash))
        .Set(Round, FieldValue.Number(answer.Round))
        .Set(AskedAt, FieldValue.Time(answer.AskedAt))
        .Set(Reply, new JValue(answer.Reply is { } reply ? Words.Of(SetOf(answer.Question), reply.ToString()) : ""))
        .Set(RepliedAt, FieldValue.Time(answer.RepliedAt))
        .Set(ReplyRemark, FieldValue.Line(answer.Remark));

    private static string SetOf(VendorQuestion question) => question switch
    {
        VendorQuestion.Validity => "ValidityReply",
        VendorQuestion.Silence => "SilenceReply",
        _ => throw new ArgumentOutOfRangeException(nameof(question)),
    };
}
