package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of any shape as one text. */
final class Renderings {

    private Renderings() {}

    /** Scalars of a list separated by commas; compact JSON where objects are among them; null when it says nothing. */
    static @Nullable String text(JsonNode raw) {
        JsonNode value = Values.unpacked(raw);
        boolean objects = value.isObject();
        if (value.isArray()) {
            for (JsonNode element : value) {
                objects |= element.isContainerNode();
            }
        }
        if (objects) {
            return Values.present(value.toString());
        }
        List<String> texts = Values.texts(value);
        return texts.isEmpty() ? null : String.join(", ", texts);
    }
}
