package io.rolecall.alert;

import io.rolecall.detection.Finding;
import io.rolecall.policy.Severity;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Evidence;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.Investigation;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alerts some of whose facts have expired from the history: expiry must neither withdraw nor revise what was found. */
public final class FrozenAlerts {

    private FrozenAlerts() {}

    /**
     * The alert that remains when a recomputation no longer sees all facts. What is counted or listed is united, severity and risk
     * are the worse of both, the span of time covers both, and the status, suppression and versions are the recomputed ones. Texts
     * stay as they are unless the recomputation knows a deciding act that the kept alert does not. Merging twice changes nothing.
     *
     * @param kept the last content, made while the older facts were there
     * @param recomputed the alert under the same id, made from what is left and what is new
     */
    public static Alert merge(Alert kept, Alert recomputed) {
        boolean news = !ids(kept.getEvidence()).containsAll(ids(recomputed.getEvidence()));
        Alert texts = news ? recomputed : kept;
        List<Evidence> evidence = evidence(kept, recomputed);
        Severity severity = Severity.ofLabel(kept.getSeverity()).max(Severity.ofLabel(recomputed.getSeverity()));
        return Alert.newBuilder(texts)
                .setStatus(recomputed.getStatus())
                .setSuppressedBy(recomputed.getSuppressedBy().orElse(null))
                .setPolicyVersion(recomputed.getPolicyVersion())
                .setNetworksVersion(recomputed.getNetworksVersion())
                .setOrigin(recomputed.getOrigin())
                .setDetectionVersion(recomputed.getDetectionVersion())
                .setSeverity(severity.label())
                .setRiskScore(Math.max(kept.getRiskScore(), recomputed.getRiskScore()))
                .setRiskReasons(union(kept.getRiskReasons(), recomputed.getRiskReasons()))
                .setActors(union(kept.getActors(), recomputed.getActors(), AlertParts.BY_ROLE))
                .setPermissions(union(kept.getPermissions(), recomputed.getPermissions(), AlertParts.BY_PERMISSION))
                .setFirstEventTime(min(kept.getFirstEventTime(), recomputed.getFirstEventTime()))
                .setLastEventTime(max(kept.getLastEventTime(), recomputed.getLastEventTime()))
                .setEvidence(evidence)
                .setEvidenceCount(evidenceCount(kept, recomputed, evidence.size()))
                .setInvestigation(investigation(kept.getInvestigation(), recomputed.getInvestigation())
                        .orElse(null))
                .build();
    }

    private static Set<String> ids(List<Evidence> evidence) {
        Set<String> ids = new HashSet<>();
        evidence.forEach(it -> ids.add(it.getEventId()));
        return ids;
    }

    private static List<Evidence> evidence(Alert kept, Alert recomputed) {
        Map<String, Evidence> byId = new LinkedHashMap<>();
        recomputed.getEvidence().forEach(it -> byId.put(it.getEventId(), it));
        kept.getEvidence().forEach(it -> byId.putIfAbsent(it.getEventId(), it));
        return byId.values().stream()
                .sorted(Comparator.comparing(Evidence::getEventTime).thenComparing(Evidence::getEventId))
                .limit(Finding.MOST_EVIDENCE)
                .toList();
    }

    /** Exact as long as all acts are listed; beyond that the greater of both counts. */
    private static int evidenceCount(Alert kept, Alert recomputed, int listed) {
        return Math.max(listed, Math.max(kept.getEvidenceCount(), recomputed.getEvidenceCount()));
    }

    private static Optional<Investigation> investigation(
            Optional<Investigation> kept, Optional<Investigation> recomputed) {
        if (kept.isEmpty() || recomputed.isEmpty()) {
            return kept.or(() -> recomputed);
        }
        Investigation old = kept.get();
        Investigation now = recomputed.get();
        return Optional.of(Investigation.newBuilder()
                .setPermissionType(permissionType(old, now))
                .setConsentingAdministrators(
                        union(old.getConsentingAdministrators(), now.getConsentingAdministrators()))
                .setExposedUsers(exposed(old.getExposedUsers(), now.getExposedUsers()))
                .setSignIns(greater(
                        old.getSignIns(),
                        now.getSignIns(),
                        it -> it.getSuccesses() + it.getFailures() + it.getInterrupted()))
                .setUse(greater(
                        old.getUse(),
                        now.getUse(),
                        it -> it.getMailRead()
                                + it.getMailSent()
                                + it.getFiles()
                                + it.getMailFlow().size()
                                + it.getAzureActions().size()
                                + it.getRefused().size()
                                + it.getDirectory().size()))
                .setCredentials(union(old.getCredentials(), now.getCredentials()))
                .setOwners(union(old.getOwners(), now.getOwners()))
                .setAfterwards(union(old.getAfterwards(), now.getAfterwards()))
                .build());
    }

    private static @Nullable String permissionType(Investigation old, Investigation now) {
        List<String> types = Stream.of(old.getPermissionType(), now.getPermissionType())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return types.isEmpty() ? null : types.size() == 1 ? types.get(0) : "both";
    }

    /** Whoever was exposed stays so: everybody, where one of both knows it. */
    private static @Nullable ExposedUsers exposed(Optional<ExposedUsers> kept, Optional<ExposedUsers> recomputed) {
        ExposedUsers greater = greater(kept, recomputed, ExposedUsers::getCount);
        boolean everybody =
                Stream.of(kept, recomputed).flatMap(Optional::stream).anyMatch(ExposedUsers::getEverybody);
        return greater == null
                ? null
                : ExposedUsers.newBuilder(greater).setEverybody(everybody).build();
    }

    /** Of two summaries the one that saw more; sums cannot be added, because both may have seen the same. */
    private static <T> @Nullable T greater(Optional<T> kept, Optional<T> recomputed, Function<T, Long> size) {
        if (kept.isEmpty() || recomputed.isEmpty()) {
            return kept.or(() -> recomputed).orElse(null);
        }
        return size.apply(recomputed.get()) >= size.apply(kept.get()) ? recomputed.get() : kept.get();
    }

    private static List<String> union(Collection<String> kept, Collection<String> recomputed) {
        if (kept.containsAll(recomputed)) {
            return List.copyOf(kept);
        }
        return Stream.concat(kept.stream(), recomputed.stream()).distinct().toList();
    }

    private static <T> List<T> union(Collection<T> kept, Collection<T> recomputed, Comparator<T> order) {
        TreeSet<T> union = new TreeSet<>(order);
        union.addAll(recomputed);
        union.addAll(kept);
        return List.copyOf(union);
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
