package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.OrgNetwork;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The prefix tree against a naive list that is searched from end to end. */
class PrefixLookupPropertyTest {

    /** Few distinct addresses and times, so that ranges nest and validities overlap often. */
    private static final int TIMES = 6;

    record Range(boolean v6, int address, int length, String label, Optional<Integer> from, Optional<Integer> to) {

        OrgNetwork network() {
            BigInteger mask = BigInteger.ONE.shiftLeft(bits()).subtract(BigInteger.ONE);
            BigInteger network = value(v6, address)
                    .and(mask.xor(BigInteger.ONE.shiftLeft(bits() - length).subtract(BigInteger.ONE)));
            return new OrgNetwork(
                    text(v6, network) + "/" + length,
                    label,
                    from.map(PrefixLookupPropertyTest::time).orElse(null),
                    to.map(PrefixLookupPropertyTest::time).orElse(null));
        }

        int bits() {
            return v6 ? 128 : 32;
        }

        boolean holds(boolean otherV6, int other, int at) {
            return v6 == otherV6
                    && value(v6, other)
                            .shiftRight(bits() - length)
                            .equals(value(v6, address).shiftRight(bits() - length))
                    && from.map(begin -> begin <= at).orElse(true)
                    && to.map(end -> at < end).orElse(true);
        }
    }

    @Property(tries = 1500)
    void the_tree_answers_like_a_list_searched_from_end_to_end(
            @ForAll("ranges") List<Range> ranges,
            @ForAll boolean v6,
            @ForAll("addresses") int address,
            @ForAll("times") int at) {
        // Given
        PrefixAddressTable table =
                PrefixAddressTable.of(ranges.stream().map(Range::network).toList());

        // When
        NetworkMatch match = table.lookup(text(v6, value(v6, address)), time(at));

        // Then
        assertThat(match.label()).isEqualTo(naive(ranges, v6, address, at));
    }

    /** Of equal keys the last entry counts; then the longest prefix, then the latest beginning. */
    private static Optional<String> naive(List<Range> ranges, boolean v6, int address, int at) {
        Optional<Range> found = Optional.empty();
        for (int index = 0; index < ranges.size(); index++) {
            Range range = ranges.get(index);
            String key = PrefixAddressTable.key(range.network());
            boolean replaced = ranges.subList(index + 1, ranges.size()).stream()
                    .anyMatch(later -> PrefixAddressTable.key(later.network()).equals(key));
            boolean better = found.isEmpty() || order().compare(range, found.get()) > 0;
            if (!replaced && range.holds(v6, address, at) && better) {
                found = Optional.of(range);
            }
        }
        return found.map(Range::label);
    }

    private static Comparator<Range> order() {
        return Comparator.comparingInt(Range::length)
                .thenComparing(range -> range.from().orElse(-1));
    }

    @Provide
    Arbitrary<List<Range>> ranges() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        addresses(),
                        Arbitraries.integers().between(0, 32),
                        Arbitraries.strings().alpha().ofLength(3),
                        times().optional(),
                        times().optional())
                .as((v6, address, length, label, from, to) ->
                        new Range(v6, address, v6 ? 96 + length : length, label, from, to))
                .list()
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<Integer> addresses() {
        return Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.integers().between(0x0b000000, 0x0b00001f));
    }

    @Provide
    Arbitrary<Integer> times() {
        return Arbitraries.integers().between(0, TIMES);
    }

    private static Instant time(int index) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * index);
    }

    private static BigInteger value(boolean v6, int address) {
        BigInteger low = BigInteger.valueOf(Integer.toUnsignedLong(address));
        return v6 ? new BigInteger("20010db8000000000000000000000000", 16).add(low) : low;
    }

    private static String text(boolean v6, BigInteger value) {
        byte[] bytes = new byte[v6 ? 16 : 4];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = value.shiftRight(8 * (bytes.length - 1 - index)).byteValue();
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
