package io.rolecall.cli;

import io.rolecall.config.Problem;
import io.rolecall.policy.ExceptionMatcher;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a command and what is odd about it without being wrong.
 *
 * @param policy the effective policy
 * @param warnings what to tell of it, exceptions that have expired included
 */
record PolicySettings(Policy policy, List<String> warnings) {

    PolicySettings {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a policy file.
     *
     * @param file null for the defaults
     * @throws io.rolecall.config.ConfigurationException when it is wrong or cannot be read
     */
    static PolicySettings read(@Nullable Path file, Rolecall root) {
        PolicyFile.Loaded loaded = file == null
                ? PolicyFile.load("defaults", "", root.catalogue().parameters())
                : PolicyFile.load(file, root.catalogue().parameters());
        List<String> warnings = new ArrayList<>(
                loaded.warnings().stream().map(Problem::toString).toList());
        warnings.addAll(expired(loaded.policy(), root.console().clock().instant()));
        return new PolicySettings(loaded.policy(), warnings);
    }

    /** Tells what is odd about the policy. */
    void warn(PrintWriter err) {
        warnings.forEach(warning -> err.println("warning: " + warning));
    }

    private static List<String> expired(Policy policy, Instant now) {
        return ExceptionMatcher.expired(policy, now).stream()
                .map(expired -> "EXPIRED exception " + expired.id() + " (" + expired.owner() + "): since "
                        + expired.expires() + " it suppresses no later event; renew or remove it")
                .toList();
    }
}
