package io.rolecall.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The effective settings of one detection: its defaults with the policy's values over them.
 *
 * @param enabled whether it runs
 * @param severity severity fixed by the policy, which is final; empty when the detection's own rule decides
 * @param values value of every parameter by name, typed as {@link Parameter#defaultValue()}
 */
public record Settings(boolean enabled, Optional<Severity> severity, Map<String, Object> values) {

    public Settings {
        values = Map.copyOf(values);
    }

    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    public int number(String name) {
        return (Integer) value(name);
    }

    public Duration duration(String name) {
        return (Duration) value(name);
    }

    public String word(String name) {
        return (String) value(name);
    }

    @SuppressWarnings("unchecked") // the policy reader stores a list of strings for WORDS, and nothing else
    public List<String> words(String name) {
        return (List<String>) value(name);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The detection declares no parameter named " + name);
        }
        return value;
    }
}
