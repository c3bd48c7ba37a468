package io.rolecall.policy;

import java.util.Map;
import java.util.Optional;

/**
 * The effective settings of one detection: its defaults with the policy's values over them.
 *
 * @param enabled whether it runs
 * @param severity severity fixed by the policy, which is final; empty when the detection's own rule decides
 * @param values value of every parameter by name, typed as {@link Param#defaultValue()}
 */
public record Settings(boolean enabled, Optional<Severity> severity, Map<String, Object> values) {

    public Settings {
        values = Map.copyOf(values);
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalArgumentException when the detection does not declare it
     */
    @SuppressWarnings(
            "unchecked") // the policy reader and the defaults store values of the parameter's type, and nothing else
    public <T> T get(Param<T> parameter) {
        Object value = values.get(parameter.name());
        if (value == null) {
            throw new IllegalArgumentException("The detection declares no parameter named " + parameter.name());
        }
        return (T) value;
    }
}
