package io.rolecall.replay;

import io.rolecall.incident.IncidentChanges;
import io.rolecall.incident.PublicationRules;
import io.rolecall.schema.Alert;
import io.rolecall.schema.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the alerts of a replay make with what live published last of each incident. An incident is a function of its alerts, so
 * where it differs its alerts do, for the reasons that were found for these, or live has not published yet what its alerts make.
 *
 * @param same number of incidents of which both say the same
 * @param later of these, those of which live said so with what it has read since the ends of the raw logs were taken
 * @param partly number of incidents that were left out because not all of their alerts are told
 * @param differences the others, by group
 */
public record IncidentComparison(int same, int later, int partly, List<IncidentDifference> differences) {

    /** Policy and networks are causes of differences, and none themselves. */
    private static final Set<String> VERSIONS = Set.of("policyVersion", "networksVersion");

    /** Longer than an alert is under way to its incident in a service without a backlog. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final int MOST_NAMED = 3;

    public IncidentComparison {
        differences = List.copyOf(differences);
    }

    /**
     * What is compared.
     *
     * @param replayed the replay's alerts, withdrawn ones included
     * @param live live's alerts, withdrawn ones included
     * @param published records of live's incidents
     * @param told which alerts are looked at
     * @param explained the alerts that differ, with their reasons
     * @param later ids of alerts that are the same with what live has read since
     */
    public record Given(
            Collection<Alert> replayed,
            Collection<Alert> live,
            Collection<Incident> published,
            Predicate<Alert> told,
            List<DifferenceReasons.Explained> explained,
            Set<String> later) {}

    /**
     * Compares.
     *
     * @param rules of publication as live has them
     * @param taken when what live said was read; null when that is not known
     */
    public static IncidentComparison of(Given given, PublicationRules rules, @Nullable Instant taken) {
        return new Comparing(given, rules, taken).compare();
    }

    private static final class Comparing {

        private final Given given;
        private final PublicationRules rules;
        private final @Nullable Instant taken;
        private final AlertGroups replayed;
        private final AlertGroups live;
        private final Map<String, Incident> published = new TreeMap<>();

        Comparing(Given given, PublicationRules rules, @Nullable Instant taken) {
            this.given = given;
            this.rules = rules;
            this.taken = taken;
            this.replayed = new AlertGroups(given.replayed());
            this.live = new AlertGroups(given.live());
            Comparator<Incident> byAge =
                    Comparator.comparingLong(Incident::getGeneration).thenComparingInt(Incident::getRevision);
            given.published()
                    .forEach(incident -> published.merge(
                            incident.getGroupKey(),
                            incident,
                            (one, other) -> byAge.compare(one, other) > 0 ? one : other));
        }

        IncidentComparison compare() {
            Set<String> groups = new TreeSet<>(replayed.keys());
            groups.addAll(live.keys());
            int same = 0;
            int later = 0;
            int partly = 0;
            List<IncidentDifference> differences = new ArrayList<>();
            for (String group : groups) {
                Optional<Incident> here = replayed.incident(group);
                Optional<Incident> there = standing(published.get(group));
                boolean nobody = here.isEmpty() && there.isEmpty();
                // What live did not close though nothing of it stands is told whatever is asked for.
                boolean untold =
                        alerts(group).findAny().isPresent() && alerts(group).noneMatch(given.told());
                if (nobody || untold) {
                    continue;
                }
                if (!alerts(group).allMatch(given.told())) {
                    partly++;
                } else if (differs(here, there).isEmpty()) {
                    same++;
                } else if (isOfLater(group, there)) {
                    same++;
                    later++;
                } else {
                    differences.add(explained(group, here, there));
                }
            }
            return new IncidentComparison(same, later, partly, differences);
        }

        /** Withdrawn alerts say nothing of an incident. */
        private Stream<Alert> alerts(String group) {
            return Stream.concat(replayed.of(group).stream(), live.of(group).stream())
                    .filter(alert -> !alert.getStatus().equals("withdrawn"));
        }

        private boolean isOfLater(String group, Optional<Incident> there) {
            return alerts(group).anyMatch(alert -> given.later().contains(alert.getAlertId()))
                    && causes(group).isEmpty()
                    && differs(live.incident(group), there).isEmpty();
        }

        private IncidentDifference explained(String group, Optional<Incident> here, Optional<Incident> there) {
            List<String> fields = here.isPresent() && there.isPresent() ? differs(here, there) : List.of();
            Map<Cause, Set<String>> causes = causes(group);
            Optional<Incident> due = live.incident(group);
            boolean publishes = !differs(due, there).isEmpty();
            if (publishes && !isWaiting(group, due)) {
                return new IncidentDifference(
                        here,
                        there,
                        fields,
                        Cause.UNEXPLAINED,
                        "live's own alerts make another incident than it published, and that was due: please report it");
            }
            List<String> because = new ArrayList<>();
            causes.forEach((cause, ids) -> because.add(cause.label() + ": its alerts differ: " + named(ids)));
            if (publishes) {
                because.add(Cause.LIVE_BEHIND.label() + ": live has not published yet what its alerts make");
            }
            if (because.isEmpty()) {
                because.add(Cause.UNEXPLAINED.label() + ": its alerts do not differ: please report it");
            }
            Cause first =
                    causes.keySet().stream().findFirst().orElse(publishes ? Cause.LIVE_BEHIND : Cause.UNEXPLAINED);
            String sentence = String.join("; together with ", because);
            return new IncidentDifference(
                    here, there, fields, first, sentence.substring(first.label().length() + 2));
        }

        /** The causes of the differences of its alerts, in the order in which causes are tried, with the alerts' ids. */
        private Map<Cause, Set<String>> causes(String group) {
            Map<Cause, Set<String>> causes = new EnumMap<>(Cause.class);
            given.explained().stream()
                    .filter(one -> one.difference().alert().getGroupKey().equals(group))
                    .forEach(one -> causes.computeIfAbsent(one.cause(), cause -> new TreeSet<>())
                            .add(one.difference().alertId()));
            return causes;
        }

        private boolean isWaiting(String group, Optional<Incident> due) {
            Instant latest = rules.latest(Optional.ofNullable(published.get(group)), due, live.changed(group));
            return taken != null && taken.isBefore(latest.plus(UNDER_WAY));
        }
    }

    /** What is closed because nothing of it stands equals none. */
    private static Optional<Incident> standing(@Nullable Incident incident) {
        return Optional.ofNullable(incident)
                .filter(one -> one.getClosedBecause().orElse("suppressed").equals("suppressed"));
    }

    /** Names of the fields that differ, ordered; of one alone those that it has. */
    private static List<String> differs(Optional<Incident> one, Optional<Incident> other) {
        return Incident.getClassSchema().getFields().stream()
                .filter(field -> !IncidentChanges.JOURNEY.contains(field.name()) && !VERSIONS.contains(field.name()))
                .filter(field -> !Objects.equals(value(one, field), value(other, field)))
                .map(Schema.Field::name)
                .sorted()
                .toList();
    }

    private static Optional<Object> value(Optional<Incident> incident, Schema.Field field) {
        return incident.map(it -> it.get(field.pos()));
    }

    private static String named(Set<String> ids) {
        return String.join(", ", ids.stream().limit(MOST_NAMED).toList())
                + (ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "");
    }
}
