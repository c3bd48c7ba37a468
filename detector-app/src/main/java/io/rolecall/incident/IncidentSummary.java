package io.rolecall.incident;

import io.rolecall.schema.AlertActor;
import io.rolecall.schema.AlertApplication;
import io.rolecall.schema.AlertPermission;
import io.rolecall.schema.ExposedUsers;
import io.rolecall.schema.state.AlertExtract;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An incident in a few sentences, for somebody who knows neither the product nor the tenant: who, what it may do, what it did, who is exposed. */
final class IncidentSummary {

    static final int MOST_BYTES = 4_000;
    private static final int MOST_PEOPLE = 3;

    /** Its permissions were asked for, which gives nothing yet. */
    private static final String ASKED_FOR = "risky-permission-requested";

    private static final String OTHER = "use other permissions";

    private static final Map<String, String> TIERS = Map.of(
            "tier-0", "make itself or others administrator",
            "mailbox-wide", "act in every mailbox",
            "mailbox-read-basic", "see who writes to whom in every mailbox",
            "permissive", "reach data of the whole tenant",
            "mail", "read or send mail",
            "files", "read or change files",
            "risky-scopes", "reach sensitive data");

    private final List<AlertExtract> worst;
    private final AlertExtract leading;
    private final List<String> sentences = new ArrayList<>();

    private IncidentSummary(List<AlertExtract> worst, AlertExtract leading) {
        this.worst = worst;
        this.leading = leading;
    }

    static String of(GroupOfAlerts group, String deciding, AlertExtract leading) {
        IncidentSummary summary = new IncidentSummary(group.worst(), leading);
        if (leading.getApplication().isPresent()) {
            summary.who(leading.getApplication().get());
            summary.mayDo(deciding);
            summary.did();
            summary.exposed();
        } else {
            summary.sentences.add(leading.getExplanation());
        }
        summary.standing(deciding);
        return BoundedText.of(String.join(" ", summary.sentences), MOST_BYTES);
    }

    /** {@code  from 192.0.2.1 (external)}, or nothing when no address is known. */
    static String from(List<AlertActor> actors) {
        Map<String, Set<String>> byClass = new TreeMap<>();
        actors.forEach(
                actor -> actor.getIp().ifPresent(ip -> byClass.computeIfAbsent(place(actor), place -> new TreeSet<>())
                        .add(ip)));
        if (byClass.isEmpty()) {
            return "";
        }
        return " from "
                + Wording.and(byClass.entrySet().stream()
                        .map(entry -> Wording.list(List.copyOf(entry.getValue())) + " (" + entry.getKey() + ")")
                        .toList());
    }

    private static String place(AlertActor actor) {
        return switch (actor.getIpClass()) {
            case "organization" ->
                "the organisation's network"
                        + actor.getNetwork().map(label -> " " + label).orElse("");
            case "external" -> "outside the organisation";
            case "microsoft-service" -> "a service of Microsoft";
            default -> "unknown whose";
        };
    }

    private void who(AlertApplication application) {
        String name = application
                .getDisplayName()
                .map(it -> "'" + it + "'")
                .or(application::getAppId)
                .or(application::getServicePrincipalId)
                .orElse(leading.getSubject().getId());
        List<String> facts = new ArrayList<>();
        application
                .getTenancy()
                .ifPresent(
                        tenancy -> facts.add(tenancy.equals("single") ? "of this tenant only" : tenancy + "-tenant"));
        application.getRegisteredAt().ifPresent(at -> facts.add("registered " + at.truncatedTo(ChronoUnit.SECONDS)));
        Map<String, List<AlertActor>> people = people();
        String acted = Wording.and(people.values().stream()
                .limit(MOST_PEOPLE)
                .map(acts -> name(acts.get(0)).orElse("") + " " + did(acts))
                .toList());
        sentences.add("This is about the application " + name
                + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")") + ".");
        if (!acted.isEmpty()) {
            sentences.add(acted
                    + (people.size() > MOST_PEOPLE
                            ? "; " + Wording.count(people.size() - MOST_PEOPLE, "more took part", "more took part")
                            : "")
                    + ".");
        }
    }

    private static String did(List<AlertActor> acts) {
        return Wording.and(RoleWords.of(acts.stream().map(AlertActor::getRole).toList())) + from(acts);
    }

    /** By name, those of the worst alert first. What the application itself did is told as its use. */
    private Map<String, List<AlertActor>> people() {
        Map<String, List<AlertActor>> people = new LinkedHashMap<>();
        for (AlertExtract alert : worst) {
            for (AlertActor actor : alert.getActors()) {
                if (name(actor).isPresent() && !isTheApplication(actor, leading.getApplication())) {
                    people.computeIfAbsent(key(actor), it -> new ArrayList<>()).add(actor);
                }
            }
        }
        return people;
    }

    /** Logs write one person's name in several ways. */
    static String key(AlertActor actor) {
        return actor.getId().or(actor::getName).orElse("").toLowerCase(Locale.ROOT);
    }

    static Optional<String> name(AlertActor actor) {
        return actor.getName().or(actor::getId);
    }

    /** Use is told of the application that an alert is about, whether the log names who did it or not. */
    static boolean isTheApplication(AlertActor actor, Optional<AlertApplication> application) {
        return actor.getType().equals("application")
                && application
                        .filter(it -> actor.getId().isPresent()
                                ? actor.getId().equals(it.getServicePrincipalId())
                                        || actor.getId().equals(it.getAppId())
                                : actor.getName().isEmpty() && actor.getRole().startsWith("used-"))
                        .isPresent();
    }

    private void mayDo(String deciding) {
        Map<String, Set<String>> given = permissions(false);
        Map<String, Set<String>> asked = permissions(true);
        if (!given.isEmpty()) {
            sentences.add((deciding.equals(Incidents.CONTAINED) ? "Until it was taken away it could " : "It may ")
                    + Wording.and(powers(given)) + ".");
        } else if (!asked.isEmpty()) {
            sentences.add("It asks for permissions with which it could " + Wording.and(powers(asked))
                    + "; none of the alerts shows that they were granted.");
        }
    }

    private static List<String> powers(Map<String, Set<String>> permissions) {
        return permissions.entrySet().stream()
                .map(power -> power.getKey() + " (" + Wording.list(List.copyOf(power.getValue())) + ")")
                .toList();
    }

    private Map<String, Set<String>> permissions(boolean asked) {
        Map<String, Set<String>> powers = new LinkedHashMap<>();
        worst.stream()
                .filter(alert -> alert.getDetection().equals(ASKED_FOR) == asked)
                .flatMap(alert -> alert.getPermissions().stream())
                .sorted((one, other) -> Integer.compare(rank(one), rank(other)))
                .forEach(permission -> powers.computeIfAbsent(power(permission), it -> new TreeSet<>())
                        .add(permission.getValue()));
        return powers;
    }

    private static String power(AlertPermission permission) {
        return permission.getTier().map(tier -> TIERS.getOrDefault(tier, OTHER)).orElse(OTHER)
                + (permission.getType().equals("application") ? " without any user" : " for users who allowed it");
    }

    private static int rank(AlertPermission permission) {
        int tier = List.of("tier-0", "mailbox-wide", "permissive", "mail", "files", "risky-scopes")
                .indexOf(permission.getTier().orElse(""));
        return tier < 0 ? Integer.MAX_VALUE : tier;
    }

    private void did() {
        sentences.add(IncidentUse.of(worst)
                .map(use -> "It " + IncidentUse.words(use) + ".")
                .orElse("No use of it was seen so far."));
    }

    private void exposed() {
        Optional<ExposedUsers> exposed = IncidentExposure.of(worst);
        exposed.ifPresent(users -> sentences.add("Exposed: " + IncidentExposure.words(users) + "."));
    }

    private void standing(String deciding) {
        if (deciding.equals(Incidents.CONTAINED)) {
            sentences.add("The logs show that it was stopped or undone.");
        } else if (deciding.equals(Incidents.SUPPRESSED)) {
            sentences.add("Suppressed by the policy: exception "
                    + worst.stream()
                            .flatMap(alert -> alert.getSuppressedBy().stream())
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }
}
