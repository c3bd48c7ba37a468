package io.rolecall.policy;

import java.util.function.UnaryOperator;

/**
 * One setting in which two policies differ, told apart from the others so that what hangs on it alone can be tried.
 *
 * @param setting path in the policy file, for example {@code detections.consent-burst.window}; of entries of a list with the id of the
 *     entry, for example {@code exceptions.backup-vendor}
 * @param before its value in the one, for people
 * @param after its value in the other, for people
 * @param taking gives a policy the other's value
 * @param leaving gives a policy the one's value
 */
public record SettingChange(
        String setting, String before, String after, UnaryOperator<Policy> taking, UnaryOperator<Policy> leaving) {

    /** The change as one line for people. */
    @Override
    public String toString() {
        return setting + ": " + before + " -> " + after;
    }
}
