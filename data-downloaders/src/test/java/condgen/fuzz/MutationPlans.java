package condgen.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Plans of one to four changes. */
public final class MutationPlans {
  private MutationPlans() {}

  /** Plans, mostly short: a single change shows most, and more of them reach further states. */
  public static Arbitrary<List<Mutation>> all() {
    Arbitrary<Mutation> mutations =
        Combinators.combine(
                Arbitraries.of(Mutation.Kind.values()),
                Arbitraries.integers().between(0, (1 << 20) - 1),
                Arbitraries.of(Mutation.Zone.values()),
                Arbitraries.integers().between(0, (1 << 20) - 1),
                Arbitraries.integers())
            .as(
                (kind, at, zone, other, value) ->
                    new Mutation(kind, at * 0x1p-20, zone, other * 0x1p-20, value));
    return Arbitraries.frequencyOf(
        Tuple.of(3, mutations.list().ofSize(1)),
        Tuple.of(1, mutations.list().ofMinSize(2).ofMaxSize(4)));
  }
}
