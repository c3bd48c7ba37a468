package io.rolecall.replay;

import io.rolecall.event.Hashes;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How facts were decoded: what a program must have in common with the one that gathered, to decide over its facts.
 *
 * @param version of the decoder
 * @param schema fingerprint of the schemas in which facts are kept
 * @param tenantId tenant of events that name none
 * @param maxFuture how far an event may lie after its record, ISO-8601
 * @param operations the operations that were decoded, ordered
 */
public record Decoding(int version, String schema, String tenantId, String maxFuture, List<String> operations) {

    private static final int FINGERPRINT_DIGITS = 16;

    public Decoding {
        operations = List.copyOf(operations);
    }

    /** How this program decodes. */
    public static Decoding of(int version, String tenantId, Duration maxFuture, Collection<String> operations) {
        return new Decoding(version, schemas(), tenantId, maxFuture.toString(), List.copyOf(new TreeSet<>(operations)));
    }

    /**
     * What keeps facts decoded in this way from being used by a program that decodes in another.
     *
     * @param now how that program decodes
     * @return a sentence; empty when nothing does
     */
    Optional<String> lacks(Decoding now) {
        if (version != now.version || !schema.equals(now.schema)) {
            return Optional.of("they were decoded by decoder " + version + " with schemas " + schema
                    + ", and this program has decoder " + now.version + " with schemas " + now.schema);
        }
        if (!tenantId.equals(now.tenantId) || !maxFuture.equals(now.maxFuture)) {
            return Optional.of("they were decoded with tenant-id " + tenantId + " and max-future " + maxFuture
                    + ", and the configuration has " + now.tenantId + " and " + now.maxFuture);
        }
        TreeSet<String> missing = new TreeSet<>(now.operations);
        missing.removeAll(operations);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this program also needs events that were left out: " + String.join(", ", missing));
    }

    private static String schemas() {
        return Hashes.sha256(AppEvent.getClassSchema().toString()
                        + OrgNetwork.getClassSchema().toString())
                .substring(0, FINGERPRINT_DIGITS);
    }
}
