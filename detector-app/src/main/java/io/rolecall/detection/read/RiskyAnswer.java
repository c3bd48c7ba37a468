package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.Reply;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.Told;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an application tells of the risky acts on it, so far as the acts do not tell it themselves: of each credential by its key id,
 * of each grant by its event id. The latest are told.
 */
public final class RiskyAnswer {

    private static final String CREDENTIAL = "credential";
    private static final String EXPLAINED = "credential-explained";
    private static final String GRANT = "grant";

    /** Most acts that are told; the latest. */
    private static final int MOST = 64;

    private static final int MOST_PERMISSIONS = 8;

    private static final Comparator<Told> ORDER = Comparator.comparing(
                    (Told told) -> told.getSince().orElse(Long.MIN_VALUE))
            .thenComparing(told -> told.getValue().orElse(""));

    private final Map<String, Told> told = new HashMap<>();

    private RiskyAnswer(Reply reply) {
        reply.told().forEach(one -> told.put(lines(one).get(0), one));
    }

    /** What an application tells, ordered and bounded; nothing for other subjects. */
    public static List<Told> told(SubjectHistory asked, PermissionSets sets) {
        if (!(asked instanceof ApplicationHistory application)) {
            return List.of();
        }
        List<Told> all = new ArrayList<>();
        for (RiskyAct one : RiskyHistory.untold(application, sets)) {
            if (one.keyIds().isEmpty()) {
                all.add(told(GRANT, one.act().getEventId(), one));
            } else {
                one.keyIds().forEach(key -> all.add(told(one.harmlessInside() ? EXPLAINED : CREDENTIAL, key, one)));
            }
        }
        List<Told> ordered = all.stream().distinct().sorted(ORDER).toList();
        return ordered.subList(Math.max(0, ordered.size() - MOST), ordered.size());
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
                                act,
                                Facts.is(act, Operations.CONSENT) ? RiskyAct.CONSENTED : RiskyAct.GRANTED,
                                permissions(one),
                                one.getUntil().isPresent())));
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

    private static Told told(String name, String key, RiskyAct one) {
        List<String> lines = new ArrayList<>(List.of(key));
        one.permissions().stream()
                .limit(MOST_PERMISSIONS)
                .forEach(permission -> lines.add(
                        permission.resourceAppId() + "/" + permission.type().label() + "/" + permission.value()));
        return Told.newBuilder()
                .setName(name)
                .setValue(String.join("\n", lines))
                .setSince(ChronoUnit.NANOS.between(Instant.EPOCH, one.time()))
                .setUntil(one.undone() ? ChronoUnit.NANOS.between(Instant.EPOCH, one.time()) : null)
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
