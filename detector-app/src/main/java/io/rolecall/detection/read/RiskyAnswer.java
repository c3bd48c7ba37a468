package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Reply;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an application tells of the risky acts on it, so far as the acts do not tell it themselves: of each credential by its key id,
 * of each grant by its event id. Those that are alike are told together, so that many credentials do not hide an earlier one. The
 * latest are told.
 */
public final class RiskyAnswer {

    private static final String CREDENTIAL = "credential";
    private static final String EXPLAINED = "credential-explained";
    private static final String GRANT = "grant";

    /** Most parts of an answer; the latest. */
    private static final int MOST = 64;

    /** Most ids in one part. */
    private static final int MOST_IDS = 64;

    private static final String BETWEEN_IDS = "\t";

    private static final int MOST_PERMISSIONS = 8;

    private static final Comparator<Told> ORDER = Comparator.comparing(
                    (Told told) -> told.getSince().orElse(Long.MIN_VALUE))
            .thenComparing(told -> told.getValue().orElse(""));

    private final Map<String, Told> told = new HashMap<>();

    /** What acts have in common that are told together. */
    private record Sort(String name, List<String> permissions, boolean undone) {}

    /** An act by the id that the asker knows it by. */
    private record Known(String id, Instant time) {}

    private RiskyAnswer(Reply reply) {
        reply.told().forEach(one -> {
            for (String id : lines(one).get(0).split(BETWEEN_IDS, -1)) {
                told.put(id, one);
            }
        });
    }

    /** What an application tells, ordered and bounded; nothing for other subjects. */
    public static List<Told> told(SubjectHistory asked, PermissionSets sets) {
        if (!(asked instanceof ApplicationHistory application)) {
            return List.of();
        }
        Map<String, RiskyAct> latest = new HashMap<>();
        for (RiskyAct one : RiskyHistory.untold(application, sets)) {
            ids(one).forEach(id -> latest.put(id, one));
        }
        Map<Sort, List<Known>> alike = new HashMap<>();
        latest.forEach((id, one) ->
                alike.computeIfAbsent(sort(one), none -> new ArrayList<>()).add(new Known(id, one.time())));
        List<Told> ordered = alike.entrySet().stream()
                .flatMap(entry -> told(entry.getKey(), entry.getValue()))
                .sorted(ORDER)
                .toList();
        return ordered.subList(Math.max(0, ordered.size() - MOST), ordered.size());
    }

    private static List<String> ids(RiskyAct one) {
        return one.keyIds().isEmpty() ? List.of(one.act().getEventId()) : one.keyIds();
    }

    /** Reads an answer back; empty while there is none. */
    static Optional<RiskyAnswer> of(Reply reply) {
        return reply.known() ? Optional.of(new RiskyAnswer(reply)) : Optional.empty();
    }

    /** What it tells of an act; empty when the act is not risky. */
    Optional<RiskyAct> of(AppEvent act) {
        return Details.of(act, CredentialChange.class)
                .map(change -> credential(act, change))
                .orElseGet(() -> Optional.ofNullable(told.get(act.getEventId()))
                        .map(one -> RiskyAct.grant(
                                act, permissions(one), one.getUntil().isPresent())));
    }

    /** Of several credentials that one act added, the one that nothing explains, else the first. */
    private Optional<RiskyAct> credential(AppEvent act, CredentialChange change) {
        return change.getAdded().stream()
                .map(added -> added.getKeyId().toLowerCase(Locale.ROOT))
                .flatMap(key -> Optional.ofNullable(told.get(key)).map(one -> credential(act, key, one)).stream())
                .min(Comparator.comparing(RiskyAct::harmlessInside)
                        .thenComparing(one -> one.keyIds().get(0)));
    }

    private static RiskyAct credential(AppEvent act, String key, Told one) {
        List<Permission> permissions = permissions(one);
        return new RiskyAct(
                act,
                RiskyAct.ADDED_CREDENTIAL,
                "a credential to an application that can use " + Permission.values(permissions),
                permissions,
                List.of(key),
                one.getName().equals(EXPLAINED),
                one.getUntil().isPresent());
    }

    private static Sort sort(RiskyAct one) {
        String credential = one.harmlessInside() ? EXPLAINED : CREDENTIAL;
        return new Sort(
                one.keyIds().isEmpty() ? GRANT : credential,
                one.permissions().stream()
                        .limit(MOST_PERMISSIONS)
                        .map(permission -> permission.resourceAppId() + "/"
                                + permission.type().label() + "/" + permission.value())
                        .toList(),
                one.undone());
    }

    private static Stream<Told> told(Sort sort, List<Known> known) {
        known.sort(Comparator.comparing(Known::time).thenComparing(Known::id));
        return IntStream.iterate(0, from -> from < known.size(), from -> from + MOST_IDS)
                .mapToObj(from -> together(sort, known.subList(from, Math.min(from + MOST_IDS, known.size()))));
    }

    private static Told together(Sort sort, List<Known> known) {
        long since = Reply.nanos(known.get(0).time());
        String ids = known.stream().map(Known::id).collect(Collectors.joining(BETWEEN_IDS));
        return Told.newBuilder()
                .setName(sort.name())
                .setValue(Stream.concat(Stream.of(ids), sort.permissions().stream())
                        .collect(Collectors.joining("\n")))
                .setSince(since)
                .setUntil(sort.undone() ? since : null)
                .build();
    }

    private static List<Permission> permissions(Told told) {
        return lines(told).stream()
                .skip(1)
                .map(line -> line.split("/", 3))
                .filter(parts -> parts.length == 3)
                .map(parts -> new Permission(parts[0], parts[2], Permission.Type.ofLabel(parts[1])))
                .toList();
    }

    private static List<String> lines(Told told) {
        return Arrays.asList(told.getValue().orElse("").split("\n", -1));
    }
}
