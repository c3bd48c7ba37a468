package io.rolecall.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of Graph's answers name a next page that was not read. A page does not say which one it is, so a page of the same
 * collection that is read later counts as the next one; of one object's lists only the page that tells of the same object does.
 */
final class Pages {

    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Map<String, Unfinished> open = new LinkedHashMap<>();
    private @Nullable Unfinished ended;

    /**
     * A page whose next one was not read.
     *
     * @param position of the page, {@code file:line/index}
     * @param next address of the next page, as Graph wrote it
     * @param context the collection, as Graph names it
     */
    record Unfinished(String position, String next, String context) {

        /** What stays the same in the addresses of one answer's pages. */
        String path() {
            return next.replaceFirst("\\?.*", "").toLowerCase(Locale.ROOT);
        }
    }

    /** Takes what a page says of itself. */
    void page(GraphObject page, String position) {
        Optional<String> next = page.text("@odata.nextLink");
        String context = page.text("@odata.context").orElse("");
        ended = null;
        if (next.isPresent()) {
            Unfinished unfinished = new Unfinished(position, next.get(), context);
            open.remove(unfinished.path());
            open.put(unfinished.path(), unfinished);
            return;
        }
        Unfinished last = null;
        for (Unfinished unfinished : open.values()) {
            last = unfinished.context().equals(context) ? unfinished : last;
        }
        if (last != null) {
            ended = last;
            open.remove(last.path());
        }
    }

    /** Takes the first object of the page that was told of last: one of another object's list does not end the list before it. */
    void object(GraphObject object) {
        Unfinished last = ended;
        ended = null;
        if (last == null) {
            return;
        }
        Matcher owner = GUID.matcher(last.path());
        if (owner.find()) {
            List<String> ids = new ArrayList<>();
            for (String name : List.of("resourceId", "principalId", "clientId")) {
                object.guid(name).ifPresent(ids::add);
            }
            if (!ids.isEmpty() && !ids.contains(owner.group())) {
                open.put(last.path(), last);
            }
        }
    }

    /** The pages whose next one was not read, in the order of reading. */
    List<Unfinished> unfinished() {
        return List.copyOf(open.values());
    }
}
