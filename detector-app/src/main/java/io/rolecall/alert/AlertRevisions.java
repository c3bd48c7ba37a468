package io.rolecall.alert;

import io.rolecall.schema.Alert;
import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.Copy;
import io.rolecall.schema.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** What sets two revisions of one alert apart. */
public final class AlertRevisions {

    private static final String EVIDENCE = "evidence";

    /** The explanation tells the counts in words. */
    private static final Set<String> COUNTED =
            Set.of(EVIDENCE, "evidenceCount", "investigation", "explanation", "lastEventTime");

    /** The fields, beside positions, that may depend on the journey of the events. */
    public static final Set<String> JOURNEY = Set.of("generation", "revision", "changeSummary", "emittedAt", "origin");

    /**
     * Older before newer, among records of one alert: a later generation counts its revisions anew, so the number alone says nothing
     * across generations.
     */
    public static final Comparator<Alert> BY_AGE =
            Comparator.comparingLong(Alert::getGeneration).thenComparingInt(Alert::getRevision);

    private AlertRevisions() {}

    /**
     * Whether two revisions say the same: they are equal but for {@code generation, revision, changeSummary, emittedAt, origin} and
     * positions, the fields that may depend on the journey of the events.
     */
    public static boolean sameContent(Alert a, Alert b) {
        for (Schema.Field field : Alert.getClassSchema().getFields()) {
            boolean same = field.name().equals(EVIDENCE)
                    ? sameEvidence(a.getEvidence(), b.getEvidence())
                    : JOURNEY.contains(field.name()) || Objects.equals(a.get(field.pos()), b.get(field.pos()));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whether two revisions differ in nothing but evidence, counts and what is looked up beside: more of what was told already. */
    public static boolean onlyCounts(Alert a, Alert b) {
        return Alert.getClassSchema().getFields().stream()
                .filter(field -> !JOURNEY.contains(field.name()) && !COUNTED.contains(field.name()))
                .allMatch(field -> Objects.equals(a.get(field.pos()), b.get(field.pos())));
    }

    private static boolean sameEvidence(List<Evidence> a, List<Evidence> b) {
        return a.size() == b.size()
                && IntStream.range(0, a.size())
                        .allMatch(i -> withoutPositions(a.get(i)).equals(withoutPositions(b.get(i))));
    }

    private static Evidence withoutPositions(Evidence evidence) {
        List<Copy> copies = evidence.getAlsoSeenAs().stream()
                .map(copy -> new Copy(copy.getEventId(), copy.getSource(), ""))
                .toList();
        return new Evidence(
                evidence.getEventId(),
                evidence.getSource(),
                evidence.getOperation(),
                evidence.getEventTime(),
                evidence.getSummary(),
                evidence.getIp().orElse(null),
                "",
                copies);
    }

    /**
     * What the later revision changed, most important first, as short phrases joined by semicolons, for example
     * {@code severity high -> critical; 2 permissions added: Mail.Read, Mail.Send}.
     *
     * @return never empty; {@code no change} when the revisions say the same
     */
    public static String changeSummary(Alert before, Alert after) {
        List<String> changes = new ArrayList<>();
        transition("status", before.getStatus(), after.getStatus(), changes);
        if (after.getStatus().equals("withdrawn")) {
            return changes.isEmpty() ? "withdrawal restated" : changes.get(0);
        }
        transition("severity", before.getSeverity(), after.getSeverity(), changes);
        transition("confidence", before.getConfidence(), after.getConfidence(), changes);
        members("permission", "permissions", permissions(before), permissions(after), changes);
        members("actor", "actors", actors(before), actors(after), changes);
        int acts = after.getEvidenceCount() - before.getEvidenceCount();
        if (acts != 0) {
            changes.add(DisplayNames.count(Math.abs(acts), "deciding act", "deciding acts")
                    + (acts > 0 ? " more" : " fewer"));
        }
        members(
                "risk reason",
                "risk reasons",
                new TreeSet<>(before.getRiskReasons()),
                new TreeSet<>(after.getRiskReasons()),
                changes);
        members("event afterwards", "events afterwards", afterwards(before), afterwards(after), changes);
        if (!before.getTitle().equals(after.getTitle()) && changes.isEmpty()) {
            changes.add("title is now: " + after.getTitle());
        }
        if (changes.isEmpty()) {
            changes.add(sameContent(before, after) ? "no change" : details(before, after));
        }
        return String.join("; ", changes);
    }

    private static String details(Alert before, Alert after) {
        List<String> parts = new ArrayList<>();
        differs("application", before.getApplication(), after.getApplication(), parts);
        differs("evidence", before.getEvidence(), after.getEvidence(), parts);
        differs("investigation", before.getInvestigation(), after.getInvestigation(), parts);
        differs("policy", before.getPolicyVersion(), after.getPolicyVersion(), parts);
        differs("networks", before.getNetworksVersion(), after.getNetworksVersion(), parts);
        return parts.isEmpty() ? "details updated" : String.join(", ", parts) + " updated";
    }

    private static void differs(String name, Object before, Object after, List<String> parts) {
        if (!before.equals(after)) {
            parts.add(name);
        }
    }

    private static void transition(String name, String before, String after, List<String> changes) {
        if (!before.equals(after)) {
            changes.add(name + " " + before + " -> " + after);
        }
    }

    private static void members(String one, String many, Set<String> before, Set<String> after, List<String> changes) {
        List<String> added =
                after.stream().filter(name -> !before.contains(name)).toList();
        List<String> gone =
                before.stream().filter(name -> !after.contains(name)).toList();
        if (!added.isEmpty()) {
            changes.add(DisplayNames.count(added.size(), one, many) + " added: " + DisplayNames.list(added));
        }
        if (!gone.isEmpty()) {
            changes.add(DisplayNames.count(gone.size(), one, many) + " no longer listed: " + DisplayNames.list(gone));
        }
    }

    private static Set<String> permissions(Alert alert) {
        return sorted(alert.getPermissions(), AlertPermission::getValue);
    }

    private static Set<String> actors(Alert alert) {
        return sorted(alert.getActors(), AlertRevisions::actor);
    }

    private static <T> Set<String> sorted(List<T> values, Function<T, String> name) {
        return values.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String actor(AlertActor actor) {
        return DisplayNames.firstOf(actor.getName(), actor.getId()).orElse("an unnamed " + actor.getType());
    }

    private static Set<String> afterwards(Alert alert) {
        return alert.getInvestigation()
                .map(found -> sorted(found.getAfterwards(), Function.identity()))
                .orElse(Set.of());
    }
}
