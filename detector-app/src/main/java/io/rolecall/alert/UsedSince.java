package io.rolecall.alert;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.ExchangeApps;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.FileUse;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.state.SignInHour;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** With what an application was at work after the first deciding event. */
final class UsedSince {

    private UsedSince() {}

    /**
     * The kinds of work, in words, ordered; empty when there was none.
     *
     * @param around facts around the deciding events, of an application
     * @param own sign-ins of the application itself around them
     */
    static List<String> of(Surroundings around, List<SignInHour> own) {
        Instant first = around.first();
        Set<String> used = new TreeSet<>();
        own.stream()
                .filter(hour -> hour.getSuccesses() > 0 && hour.getLast().isAfter(first))
                .forEach(hour -> used.add("sign-ins of its own"));
        around.uses().stream()
                .filter(hour -> hour.getLast().isAfter(first)
                        && hour.getFirstEvent().filter(Facts::succeeded).isPresent())
                .forEach(hour -> used.add(hour.getAction().startsWith("mail-") ? "mail" : "files"));
        around.azure().stream()
                .filter(slot ->
                        slot.getLast().isAfter(first) && slot.getOutcome().equals("success"))
                .forEach(slot -> used.add("Azure"));
        around.acts().stream().filter(act -> act.getEventTime().isAfter(first)).forEach(act -> ofAct(act)
                .ifPresent(used::add));
        return List.copyOf(used);
    }

    /** What is not rolled up: mail flow, and all use of an application whose App ID is not known. */
    private static Optional<String> ofAct(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        if (details instanceof MailFlow) {
            return act.getAppId().filter(ExchangeApps::isOwn).isEmpty() ? Optional.of("mail flow") : Optional.empty();
        }
        if (details instanceof MailboxUse) {
            return Optional.of("mail");
        }
        return details instanceof FileUse ? Optional.of("files") : Optional.empty();
    }
}
