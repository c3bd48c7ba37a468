package io.rolecall.source;

import org.jspecify.annotations.Nullable;

/**
 * One thing an event is about.
 *
 * @param app the application
 * @param details one of the detail records of {@code AppEvent}; null when the operation needs none
 */
record Part(AppRef app, @Nullable Object details) {

    static final Part NOTHING = new Part(AppRef.NONE, null);
}
