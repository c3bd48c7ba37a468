package io.rolecall.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an act went.
 *
 * @param success true also for partial success, because something was changed, and for Azure's Start and Accepted, whose request
 *     body is the only copy of what was asked; the reason then says so
 * @param reason as logged; null when the event gives none
 */
record Outcome(boolean success, @Nullable String reason) {

    private static final int MOST_CHARACTERS = 500;

    /** The outcome from a result in any of its shapes; an event that gives no result is taken for a success. */
    static Outcome of(@Nullable String result, @Nullable String reason) {
        boolean success = result == null || isSuccess(result.toLowerCase(Locale.ROOT));
        return new Outcome(success, cut(says(reason)));
    }

    private static boolean isSuccess(String result) {
        return switch (result) {
            case "success",
                    "succeeded",
                    "successful",
                    "true",
                    "partiallysucceeded",
                    "0",
                    "ok",
                    "active",
                    "resolved",
                    "start",
                    "started",
                    "accept",
                    "accepted",
                    "created",
                    "none" -> true;
            default -> result.length() == 3 && result.charAt(0) == '2' && Values.number(result) != null;
        };
    }

    private static @Nullable String says(@Nullable String reason) {
        String text = Values.present(reason);
        return text == null || text.equalsIgnoreCase("none") ? null : text;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
