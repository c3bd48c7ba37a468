package io.rolecall.policy;

import io.rolecall.config.Fields;
import io.rolecall.config.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the section {@code exceptions}. */
final class ExceptionsReader {

    /** What an exception may match. */
    static final List<String> MATCH_KEYS = List.of("appId", "servicePrincipalId", "tenantId", "actor");

    static final List<String> KEYS = List.of("id", "detections", "match", "reason", "owner", "expires");

    private final Collection<String> detectionIds;
    private final Map<String, Integer> lineById = new HashMap<>();
    private final List<PolicyException> exceptions = new ArrayList<>();

    private ExceptionsReader(Collection<String> detectionIds) {
        this.detectionIds = detectionIds;
    }

    /** The exceptions, ordered by id. */
    static List<PolicyException> read(Fields root, Collection<String> detectionIds) {
        ExceptionsReader reader = new ExceptionsReader(detectionIds);
        root.forEach("exceptions", reader::one);
        return reader.exceptions.stream()
                .sorted(Comparator.comparing(PolicyException::id))
                .toList();
    }

    private void one(Fields fields) {
        fields.known(KEYS);
        Optional<String> id = fields.required("id").filter(text -> unique(fields, text));
        List<String> detections = detections(fields);
        Map<String, String> match = match(fields);
        Optional<String> reason = fields.required("reason");
        Optional<String> owner = fields.required("owner");
        Optional<Instant> expires = fields.required("expires").flatMap(text -> expiry(fields, text));
        if (id.isPresent() && reason.isPresent() && owner.isPresent() && expires.isPresent()) {
            exceptions.add(new PolicyException(id.get(), detections, match, reason.get(), owner.get(), expires.get()));
        }
    }

    private boolean unique(Fields fields, String id) {
        Integer first = lineById.putIfAbsent(id, fields.lineOf("id"));
        if (first != null) {
            fields.error("id", "'" + id + "' already stands in line " + first + "; ids must be unique");
        }
        return first == null;
    }

    private List<String> detections(Fields fields) {
        List<String> detections = fields.texts("detections").orElse(List.of());
        if (detections.isEmpty()) {
            fields.error("detections", "must name at least one detection");
        }
        detections.stream()
                .filter(detection -> !detectionIds.contains(detection))
                .forEach(detection -> fields.error(
                        "detections", "'" + detection + "' is no detection; " + Nearest.hint(detection, detectionIds)));
        return List.copyOf(new TreeSet<>(detections));
    }

    private static Map<String, String> match(Fields fields) {
        Map<String, String> match = new TreeMap<>();
        fields.fields("match").ifPresent(keys -> {
            keys.known(MATCH_KEYS);
            for (String key : MATCH_KEYS) {
                keys.text(key).ifPresent(value -> match.put(key, checked(keys, key, value)));
            }
        });
        boolean unreadable = fields.get("match").isPresent()
                && match.isEmpty()
                && fields.fields("match").map(keys -> !keys.keys().isEmpty()).orElse(true);
        if (match.isEmpty() && !unreadable) {
            fields.error(
                    "match",
                    "must name at least one of: " + String.join(", ", MATCH_KEYS)
                            + "; an exception for everything is not allowed");
        }
        return match;
    }

    private static String checked(Fields keys, String key, String value) {
        if (value.contains("*")) {
            keys.error(key, "'" + value + "' is a wildcard; values are compared exactly");
        } else if (!key.equals("actor") && !Guids.isGuid(value)) {
            keys.warning(key, "'" + value + "' does not look like an id; it is compared as it stands");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    /** A date is the start of that day in UTC. */
    private static Optional<Instant> expiry(Fields fields, String text) {
        try {
            return Optional.of(
                    text.contains("T") || text.contains("t")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            fields.error(
                    "expires",
                    "'" + text
                            + "' is no date; allowed: 2027-03-01 (the start of that day in UTC) or 2027-03-01T12:00:00Z");
            return Optional.empty();
        }
    }
}
