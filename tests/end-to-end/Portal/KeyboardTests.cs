using Microsoft.Playwright;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>The portal without a mouse, and what it shows when something is wrong.</summary>
[Trait("Category", "Slow")]
public sealed class KeyboardTests
{
    private readonly VisitLog _log = new();

    [Fact]
    public async Task A_keyboard_is_enough_and_faults_are_where_the_focus_is()
    {
        await using var stage = await PortalStage.OpenAsync(TestContext.Current.CancellationToken);
        await using var chromium = await Chromium.StartAsync();
        await using var coordinator = await Visitor.ComeAsync(chromium.Browser, stage.Emulator.Uri, "coordinator", _log);
        var keys = coordinator.Page.Keyboard;

        // The login waits for the name; Enter sends it.
        await coordinator.Page.GotoAsync($"/k/{stage.Apps.Vendor}/edit");
        await keys.TypeAsync("coordinator");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(PortalStage.Password);
        await keys.PressAsync("Enter");
        await coordinator.SeesAsync("ベンダ台帳の追加");

        // The first stop leads past the bar.
        await keys.PressAsync("Tab");
        (await FocusAsync(coordinator)).ShouldBe("本文へ移動");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Tab");
        (await FocusAsync(coordinator)).ShouldBe("保存");

        // Enter in a field saves; twice the same address is a fault beside its field, and the focus is on what is wrong.
        foreach (var attempt in new[] { 1, 2 })
        {
            if (attempt == 2) await coordinator.Page.GotoAsync($"/k/{stage.Apps.Vendor}/edit");
            await coordinator.FillAsync("f:ベンダ名", "東都ネットワークス株式会社");
            await coordinator.FillAsync("f:メールアドレス", "twice@example.jp");
            await keys.PressAsync("Enter");
            await coordinator.SeesAsync(attempt == 1 ? "保存しました。" : "値がほかのレコードと重複しています");
        }

        await coordinator.LookAsync("form-fault");
        (await FocusAsync(coordinator)).ShouldStartWith("保存できませんでした");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(coordinator.Page.Locator(":target")).ToHaveAttributeAsync("aria-invalid", "true");
        (await coordinator.Page.InputValueAsync("[name='f:ベンダ名']")).ShouldBe("東都ネットワークス株式会社");

        // A question opens by Enter and closes by Escape, back on its button.
        await coordinator.Page.GotoAsync($"/k/{stage.Apps.Engagement}/edit");
        await coordinator.FillAsync("f:医療機関名", "さくら総合病院");
        await keys.PressAsync("Enter");
        await coordinator.SeesAsync("保存しました。");
        await coordinator.Page.Locator("summary").GetByText("提出").FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(coordinator.Page.GetByText("「提出」を実行します。")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(coordinator.Page.GetByText("「提出」を実行します。")).ToBeHiddenAsync();
        (await FocusAsync(coordinator)).ShouldBe("提出");
        _log.Faults.Where(static fault => !fault.Contains("status of 400", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static Task<string> FocusAsync(Visitor visitor) => visitor.Page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()");
}
