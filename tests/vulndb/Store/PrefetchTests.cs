namespace VulnDiag.VulnDb.Store;

public sealed class PrefetchTests
{
    [Fact]
    public void Items_come_in_order() => Prefetch.Of(Enumerable.Range(0, 10_000), CancellationToken.None).ShouldBe(Enumerable.Range(0, 10_000));

    [Fact]
    public void An_exception_of_the_source_comes_after_the_items_before_it()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidDataException("torn");
        }

        var seen = new List<int>();
        Should.Throw<InvalidDataException>(() => { foreach (var item in Prefetch.Of(Broken(), CancellationToken.None)) seen.Add(item); }).Message.ShouldBe("torn");
        seen.ShouldBe([1]);
    }

    [Fact]
    public void Who_stops_early_stops_the_source()
    {
        var closed = false;
        IEnumerable<int> Endless()
        {
            try
            {
                for (var item = 0; ; item++) yield return item;
            }
            finally
            {
                closed = true;
            }
        }

        Prefetch.Of(Endless(), CancellationToken.None).Take(3).ShouldBe([0, 1, 2]);
        closed.ShouldBeTrue();
    }

    [Fact]
    public void A_cancelled_reader_is_told()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Should.Throw<OperationCanceledException>(() => Prefetch.Of(Enumerable.Range(0, 10), stop.Token).ToList());
    }
}
