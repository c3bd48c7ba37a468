package io.rolecall.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values of application roles that one event names together. */
final class RoleValues {

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");

    /** Permissions of Microsoft's APIs. Others' may hold a comma of their own, as the roles of AWS do. */
    private static final Pattern PERMISSION = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private RoleValues() {}

    /**
     * The single values.
     *
     * @param texts values as logged, each maybe several with commas between them
     * @param ids how many role ids the event names
     */
    static List<String> of(List<String> texts, int ids) {
        List<String> values = new ArrayList<>();
        for (String text : texts) {
            List<String> pieces = new ArrayList<>(List.of(SEPARATORS.split(text, -1)));
            pieces.removeIf(String::isEmpty);
            boolean several = texts.size() == 1 && pieces.size() == ids;
            if (several
                    || pieces.stream()
                            .allMatch(piece -> PERMISSION.matcher(piece).matches())) {
                values.addAll(pieces);
            } else {
                values.add(text);
            }
        }
        return values;
    }
}
