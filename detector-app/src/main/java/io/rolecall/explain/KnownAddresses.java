package io.rolecall.explain;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.network.AddressClass;
import io.rolecall.network.NetworkMatch;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.UseHour;
import io.rolecall.topology.ExplainedSubject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every address that a subject acted, was acted on, signed in or was used from, with what was done there. */
final class KnownAddresses {

    private static final int MOST_ADDRESSES = 50;

    private final ExplainedSubject explained;
    private final Map<String, Seen> addresses = new HashMap<>();

    /** What was seen at one address. */
    private static final class Seen {

        private long acts;
        private long signIns;
        private long failedSignIns;
        private long interruptedSignIns;
        private long uses;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private NetworkMatch owner = NetworkMatch.of(AddressClass.ORGANIZATION);

        /** Seen once more. Of several classes the worst counts, of equal ones the latest name of the network. */
        Seen within(Instant from, Instant to, NetworkMatch seenAs) {
            int worse = Addresses.rank(owner.addressClass()) - Addresses.rank(seenAs.addressClass());
            if (worse > 0 || (worse == 0 && !to.isBefore(last))) {
                owner = seenAs;
            }
            first = from.isBefore(first) ? from : first;
            last = to.isAfter(last) ? to : last;
            return this;
        }

        String what() {
            StringBuilder what = new StringBuilder();
            add(what, acts, "act");
            add(what, signIns, "sign-in");
            add(what, failedSignIns, "failed sign-in");
            add(what, interruptedSignIns, "interrupted sign-in");
            add(what, uses, "use");
            return what.toString();
        }

        private static void add(StringBuilder what, long number, String noun) {
            if (number > 0) {
                what.append(what.isEmpty() ? "" : ", ").append(Facts.count(number, noun));
            }
        }
    }

    /** A line of the list. */
    private record Line(String ip, Seen seen) {}

    KnownAddresses(ExplainedSubject explained, Timeline timeline) {
        this.explained = explained;
        timeline.acts().forEach((act, address) -> address.ip().ifPresent(ip -> at(ip).within(
                        act.getEventTime(),
                        act.getEventTime(),
                        new NetworkMatch(address.addressClass(), address.network()))
                .acts++));
        explained.application().ifPresent(history -> {
            history.signIns(Instant.MIN, Instant.MAX, ApplicationHistory.MOST_FACTS)
                    .forEach(this::add);
            history.uses(Instant.MIN, Instant.MAX, ApplicationHistory.MOST_FACTS)
                    .forEach(this::add);
        });
    }

    private void add(SignInHour hour) {
        hour.getIp().ifPresent(ip -> {
            Seen seen = at(ip).within(hour.getFirst(), hour.getLast(), explained.ownerOf(ip, hour.getLast()));
            seen.signIns += hour.getSuccesses();
            seen.failedSignIns += hour.getFailures().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            seen.interruptedSignIns += hour.getInterrupted();
        });
    }

    private void add(UseHour hour) {
        hour.getIp()
                .ifPresent(ip ->
                        at(ip).within(hour.getFirst(), hour.getLast(), explained.ownerOf(ip, hour.getLast())).uses +=
                                hour.getEvents());
    }

    private Seen at(String ip) {
        @Nullable Seen known = addresses.get(ip);
        if (known == null) {
            known = new Seen();
            addresses.put(ip, known);
        }
        return known;
    }

    void print(PrintWriter out) {
        out.println();
        out.println("addresses:");
        if (addresses.isEmpty()) {
            out.println("  none known");
        }
        List<Line> lines = addresses.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(
                                (Line line) -> Addresses.rank(line.seen().owner.addressClass()))
                        .thenComparing(line -> line.seen().first)
                        .thenComparing(Line::ip))
                .toList();
        lines.stream()
                .limit(MOST_ADDRESSES)
                .forEach(line -> out.println("  " + Printable.line(line.ip()) + " ("
                        + Printable.line(Timeline.label(line.seen().owner)) + "): "
                        + line.seen().what() + ", "
                        + Facts.time(line.seen().first) + " to " + Facts.time(line.seen().last)));
        if (lines.size() > MOST_ADDRESSES) {
            out.println("  " + (lines.size() - MOST_ADDRESSES) + " more are not shown");
        }
    }
}
