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

/** Whether an application was at work after the first deciding event. */
final class UsedSince {

    private UsedSince() {}

    /**
     * Whether anything of it succeeded then.
     *
     * @param around facts around the deciding events, of an application
     * @param own sign-ins of the application itself around them
     */
    static boolean of(Surroundings around, List<SignInHour> own) {
        Instant first = around.first();
        return own.stream()
                        .anyMatch(hour ->
                                hour.getSuccesses() > 0 && hour.getLast().isAfter(first))
                || around.uses().stream()
                        .anyMatch(hour -> hour.getLast().isAfter(first)
                                && hour.getFirstEvent().filter(Facts::succeeded).isPresent())
                || around.azure().stream()
                        .anyMatch(slot -> slot.getLast().isAfter(first)
                                && slot.getOutcome().equals("success"))
                || around.acts().stream().anyMatch(act -> act.getEventTime().isAfter(first) && isUse(act));
    }

    /** What is not rolled up: mail flow, and all use of an application whose App ID is not known. */
    private static boolean isUse(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        return details instanceof MailboxUse
                || details instanceof FileUse
                || (details instanceof MailFlow
                        && act.getAppId().filter(ExchangeApps::isOwn).isEmpty());
    }
}
