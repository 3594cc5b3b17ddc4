namespace VulnDiag.EndToEnd.Tests;

/// <summary>kill -9 in the middle, and the same folder again: nothing lost, nothing twice.</summary>
[Collection(DemoCollection.Name)]
[Trait("Category", "Slow")]
public sealed class DemoSurvivesKillTests(PlayedDemo whole)
{
    private const int Seed = 20261124;
    private const int Kills = 3;

    /// <summary>People who are killed between sending a reply and filing its request send it again, as people do.</summary>
    private const string WorkersInbox = "diagnosis@vulndiag.example";

    [Fact]
    public async Task A_demo_that_is_killed_at_random_moments_ends_with_the_summary_of_an_undisturbed_one_and_no_mail_twice()
    {
        var folder = Directory.CreateTempSubdirectory("vulndiag-killed-").FullName;
        var random = new Random(Seed);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                using var process = DemoRun.Start(folder);
                await EndsOrWaitAsync(process, TimeSpan.FromSeconds(5 + random.NextDouble() * 20));
                process.Kill(entireProcessTree: kill % 2 == 1);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            using var last = DemoRun.Start(folder);
            var (exitCode, output) = await DemoRun.FinishAsync(last, TestContext.Current.CancellationToken);
            exitCode.ShouldBe(0, output);
            SummaryDifference.Of(whole.Summary, DemoRun.Summary(folder)).ShouldBeEmpty();
            DemoTests.NoMailShouldBeThereTwice(folder, box => box != WorkersInbox);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task EndsOrWaitAsync(System.Diagnostics.Process process, TimeSpan time)
    {
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAny(reading, Task.Delay(time, TimeProvider.System));
    }
}
