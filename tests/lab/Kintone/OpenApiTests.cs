using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.TestSupport;

namespace VulnDiag.Lab.Kintone;

public sealed class OpenApiTests
{
    [Fact]
    public void Every_operation_of_the_emulator_is_one_that_kintone_describes()
    {
        var description = OpenApiDescription.OfKintone();
        var unknown = new ResourceCatalogue().All
            .Where(operation => description.FaultsOfAnswer(operation.Method, "/k/v1/" + operation.Path, new JObject()).Any(fault => fault.EndsWith("is not described.", StringComparison.Ordinal)));
        unknown.ShouldBeEmpty();
    }

    [Fact]
    public void The_check_itself_finds_wrong_types_missing_names_and_unknown_words()
    {
        var description = OpenApiDescription.OfKintone();
        description.FaultsOfAnswer("GET", "/k/v1/records.json", JObject.Parse("""{"records":[],"totalCount":"12"}""")).ShouldBeEmpty();
        description.FaultsOfAnswer("GET", "/k/v1/records.json", JObject.Parse("""{"records":{}}""")).ShouldNotBeEmpty();
        description.FaultsOfAnswer("GET", "/k/v1/records.json", JObject.Parse("""{"totalCount":"many"}""")).ShouldNotBeEmpty();
        description.FaultsOfAnswer("GET", "/k/v1/preview/app/deploy.json", JObject.Parse("""{"apps":[{"app":"1","status":"DONE"}]}""")).ShouldNotBeEmpty();
        description.FaultsOfRequest("PUT", "/k/v1/record/status.json", JObject.Parse("""{"app":1,"id":1}""")).ShouldNotBeEmpty();
        description.FaultsOfRequest("GET", "/k/v1/record.json", JObject.Parse("""{"app":1}""")).ShouldNotBeEmpty();
        description.FaultsOfRequest("GET", "/k/v1/record.json", JObject.Parse("""{"app":"1","id":"2"}""")).ShouldBeEmpty();
    }
}
