package io.rolecall.planted.acts;

import io.rolecall.schema.AppEvent;

final class ReadsWhatItMade {

    static String operation(AppEvent event) {
        return event.getOperation();
    }
}
