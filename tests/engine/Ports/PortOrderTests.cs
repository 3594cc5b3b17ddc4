using CsCheck;

namespace VulnDiag.Engine.Ports;

public sealed class PortOrderTests
{
    [Fact]
    public void Any_count_and_seed_give_a_permutation() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Long).Sample((count, seed) =>
        {
            var order = new PortOrder(count, seed);
            Enumerable.Range(0, count).Select(order.At).Order().ShouldBe(Enumerable.Range(0, count));
        });

    [Fact]
    public void All_ports_come_exactly_once()
    {
        var order = new PortOrder(65535, seed: 20261124);

        Enumerable.Range(0, 65535).Select(order.At).Distinct().Count().ShouldBe(65535);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        var things = Enumerable.Range(1, 1000).ToList();

        PortOrder.Shuffle(things, 7).ShouldBe(PortOrder.Shuffle(things, 7));
        PortOrder.Shuffle(things, 7).ShouldNotBe(PortOrder.Shuffle(things, 8));
    }

    [Fact]
    public void Neighbours_in_time_are_no_neighbours_in_number()
    {
        // A random permutation of 65,535 has about two steps between neighbouring numbers (expectation 2·(n-1)/n); 30 would be a pattern.
        var ports = PortOrder.Shuffle([.. Enumerable.Range(1, 65535)], seed: 3).ToList();

        ports.Zip(ports.Skip(1)).Count(static pair => Math.Abs(pair.First - pair.Second) == 1).ShouldBeLessThan(30);
    }
}
