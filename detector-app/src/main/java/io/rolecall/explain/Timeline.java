package io.rolecall.explain;

import io.rolecall.alert.Sentences;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.read.Facts;
import io.rolecall.event.Subjects;
import io.rolecall.network.NetworkMatch;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.topology.ExplainedSubject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was done on and by a subject, in the order of time, each act with the address it was done from. */
final class Timeline {

    /** The newest acts that are shown; so many fill some screens. */
    static final int MOST_ACTS = 100;

    private final Map<AppEvent, ResolvedAddress> acts = new LinkedHashMap<>();

    Timeline(ExplainedSubject explained) {
        Stream.concat(
                        explained.history().acts().stream(),
                        explained.application().stream().flatMap(Timeline::ofApplication))
                .sorted(Facts.ORDER)
                .forEach(act -> acts.put(act, explained.addressOf(act)));
    }

    /** What is kept of applications beside their acts; what is rolled up is shown by its first event. */
    private static Stream<AppEvent> ofApplication(ApplicationHistory history) {
        Stream<AppEvent> ofUsers = history.userDays(Instant.MIN, Instant.MAX, ApplicationHistory.MOST_FACTS).stream()
                .flatMap(day -> day.getActs().stream());
        Stream<AppEvent> inAzure =
                history.azureActivity(Instant.MIN, Instant.MAX, ApplicationHistory.MOST_FACTS).stream()
                        .map(AzureSlot::getFirst);
        // What it did to itself is among its acts already.
        Stream<AppEvent> toOthers = history.initiated().stream()
                .filter(act -> !Subjects.application(act).equals(Subjects.actingApplication(act)));
        return Stream.of(toOthers, ofUsers, inAzure).flatMap(Function.identity());
    }

    /** The acts with their addresses, in the order of time. */
    Map<AppEvent, ResolvedAddress> acts() {
        return acts;
    }

    void print(PrintWriter out) {
        out.println();
        out.println("timeline:");
        if (acts.isEmpty()) {
            out.println("  nothing within the history; the profile alone knows of it");
        }
        int left = acts.size() - MOST_ACTS;
        if (left > 0) {
            out.println("  " + left + " earlier acts are not shown");
        }
        acts.entrySet().stream().skip(Math.max(0, left)).forEach(act -> {
            String sentence = Sentences.of(act.getKey());
            out.println("  " + Facts.time(act.getKey().getEventTime()) + "  "
                    + Printable.line(sentence + ", " + from(act.getValue())));
        });
    }

    private static String from(ResolvedAddress address) {
        return address.ip()
                .map(ip -> "from " + ip + " (" + label(new NetworkMatch(address.addressClass(), address.network()))
                        + seenIn(address) + ")")
                .orElse("no known address");
    }

    /** To whom an address belongs: its class and the name of the organisation's network. */
    static String label(NetworkMatch owner) {
        return owner.addressClass().label()
                + owner.label().map(name -> " " + name).orElse("");
    }

    private static String seenIn(ResolvedAddress address) {
        return switch (address.basis()) {
            case "sign-in" -> ", seen in a sign-in";
            case "audit-event" -> ", seen in another event";
            default -> "";
        };
    }
}
