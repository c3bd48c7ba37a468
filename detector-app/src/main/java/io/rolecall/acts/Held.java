package io.rolecall.acts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the acts of a case have made so far, so that events can show what was before: keys, scopes, addresses, declared permissions. */
final class Held {

    private final Map<String, List<?>> lists = new HashMap<>();

    /** The list kept under a key; empty when nothing is. Each kind of key keeps one type. */
    @SuppressWarnings("unchecked")
    <T> List<T> list(String key) {
        return (List<T>) lists.getOrDefault(key, List.of());
    }

    void put(String key, List<?> list) {
        lists.put(key, List.copyOf(list));
    }
}
