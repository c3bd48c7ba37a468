package io.rolecall.incident;

import io.rolecall.schema.state.AlertExtract;
import io.rolecall.schema.state.ExtractedUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was done with the access, over the alerts of an incident: they look at overlapping days, so nothing is added up. */
final class IncidentUse {

    private static final int MOST_LISTED = 5;

    private IncidentUse() {}

    static boolean isNone(ExtractedUse use) {
        return use.getSignIns() == 0 && !isOfData(use);
    }

    private static boolean isOfData(ExtractedUse use) {
        return use.getMailRead() + use.getMailSent() + use.getFiles() > 0
                || !use.getMailFlow().isEmpty()
                || !use.getAzureActions().isEmpty();
    }

    /** The most that any of the alerts saw, of each kind. */
    static Optional<ExtractedUse> of(List<AlertExtract> alerts) {
        List<ExtractedUse> seen =
                alerts.stream().flatMap(alert -> alert.getUse().stream()).toList();
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ExtractedUse.newBuilder()
                .setSignIns(most(seen, ExtractedUse::getSignIns))
                .setPlaces(all(seen, ExtractedUse::getPlaces))
                .setMailRead(most(seen, ExtractedUse::getMailRead))
                .setMailSent(most(seen, ExtractedUse::getMailSent))
                .setMailboxes((int) most(seen, use -> (long) use.getMailboxes()))
                .setFiles(most(seen, ExtractedUse::getFiles))
                .setMailFlow(all(seen, ExtractedUse::getMailFlow))
                .setAzureActions(all(seen, ExtractedUse::getAzureActions))
                .build());
    }

    /** What it did in a sentence that goes on after its name: {@code signed in 3 times, from 192.0.2.1 in PA; read 5 mail items}. */
    static String words(ExtractedUse use) {
        List<String> parts = new ArrayList<>();
        if (use.getSignIns() > 0) {
            parts.add("signed in for itself " + Wording.count(use.getSignIns(), "time", "times")
                    + (use.getPlaces().isEmpty() ? "" : ", from " + Wording.places(use.getPlaces())));
        }
        List<String> mail = Stream.of(
                        use.getMailRead() > 0
                                ? "read " + Wording.count(use.getMailRead(), "mail item", "mail items")
                                : "",
                        use.getMailSent() > 0 ? "sent " + Wording.count(use.getMailSent(), "message", "messages") : "")
                .filter(text -> !text.isEmpty())
                .toList();
        if (!mail.isEmpty()) {
            parts.add(String.join(" and ", mail)
                    + (use.getMailboxes() > 0
                            ? " in " + Wording.count(use.getMailboxes(), "mailbox", "mailboxes")
                            : ""));
        }
        if (use.getFiles() > 0) {
            parts.add("touched files " + Wording.count(use.getFiles(), "time", "times"));
        }
        if (!use.getMailFlow().isEmpty()) {
            parts.add("changed how mail flows (" + Wording.list(use.getMailFlow()) + ")");
        }
        if (!use.getAzureActions().isEmpty()) {
            parts.add("acted in Azure (" + Wording.list(use.getAzureActions()) + ")");
        }
        return String.join("; ", parts);
    }

    private static long most(List<ExtractedUse> seen, Function<ExtractedUse, Long> of) {
        return seen.stream().mapToLong(of::apply).max().orElse(0);
    }

    private static List<String> all(List<ExtractedUse> seen, Function<ExtractedUse, List<String>> of) {
        TreeSet<String> values = new TreeSet<>();
        seen.forEach(use -> values.addAll(of.apply(use)));
        return values.stream().limit(MOST_LISTED).toList();
    }
}
