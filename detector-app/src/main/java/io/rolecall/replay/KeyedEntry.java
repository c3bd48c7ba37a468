package io.rolecall.replay;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a compacted topic, or a fact under its subject's key.
 *
 * @param key the record's key
 * @param value what lies under it; null ends what lay there
 */
public record KeyedEntry<T>(String key, @Nullable T value) {}
