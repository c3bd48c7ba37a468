package io.rolecall.planted.source.split;

import io.rolecall.schema.AppEvent;

final class KnowsEvents {

    static String operation(AppEvent event) {
        return event.getOperation();
    }
}
