package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.ConsentReading;
import io.rolecall.detection.read.ConsentReading.EvaluatedClick;
import io.rolecall.detection.read.Facts;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The stages of {@link IllicitConsent} in words: what {@code explain} prints. */
final class IllicitConsentStages {

    private IllicitConsentStages() {}

    static List<Condition> of(
            DetectionInput input,
            List<EvaluatedClick> clicks,
            List<EvaluatedClick> risky,
            List<EvaluatedClick> lasting) {
        return List.of(
                consented(clicks),
                scopes(input, clicks, risky),
                offline(risky, lasting),
                young(lasting.isEmpty() ? clicks : lasting),
                rare(input, lasting.isEmpty() ? clicks : lasting));
    }

    private static Condition consented(List<EvaluatedClick> clicks) {
        String name = "A user consented for themselves";
        return clicks.isEmpty()
                ? Condition.notMet(name, "No successful consent of a single user.", List.of())
                : Condition.met(
                        name,
                        Facts.count(clicks.size(), "consent") + ", the first by "
                                + clicks.get(0).click().label() + ".",
                        facts(clicks));
    }

    private static Condition scopes(DetectionInput input, List<EvaluatedClick> clicks, List<EvaluatedClick> risky) {
        String name = "The consent covers mail or file scopes";
        if (clicks.isEmpty()) {
            return Condition.unknown(name, "There is no consent to evaluate.", List.of());
        }
        if (risky.isEmpty()) {
            String scopes = clicks.stream()
                    .flatMap(one -> one.click().scopes().stream())
                    .distinct()
                    .sorted()
                    .limit(20)
                    .collect(Collectors.joining(" "));
            return Condition.notMet(name, scopes.isEmpty() ? "No scopes." : "Only " + scopes + ".", facts(clicks));
        }
        String values = risky.stream()
                .flatMap(one -> IllicitConsent.riskyScopes(input.policy().permissionSets(), one.click()).stream())
                .map(Permission::value)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Condition.met(name, values + ".", facts(risky));
    }

    private static Condition offline(List<EvaluatedClick> risky, List<EvaluatedClick> lasting) {
        String name = "The consent, or an earlier one of the user, covers offline_access";
        if (risky.isEmpty()) {
            return Condition.unknown(name, "There is no consent to mail or files.", List.of());
        }
        return lasting.isEmpty()
                ? Condition.notMet(name, "It is not among the scopes.", facts(risky))
                : Condition.met(name, Facts.count(lasting.size(), "consent") + " with it.", facts(lasting));
    }

    private static Condition young(List<EvaluatedClick> clicks) {
        return age(
                "The application was added at most 14 days before",
                clicks,
                evaluated -> evaluated.youngSince().isPresent(),
                "Its addition was not seen, or lies more than 14 days before every consent.");
    }

    private static Condition rare(DetectionInput input, List<EvaluatedClick> clicks) {
        String name = "At most 3 other users consented in the 30 days before, and it was known for 14 days";
        if (!clicks.isEmpty()
                && clicks.stream().allMatch(one -> input.history()
                        .profile()
                        .getFirstSeen()
                        .isAfter(one.click().at().minus(ConsentReading.RARE_AGE)))) {
            return Condition.notMet(
                    name,
                    "No baseline: first seen at "
                            + Facts.time(input.history().profile().getFirstSeen())
                            + ", less than 14 days before.",
                    List.of());
        }
        return age(
                name,
                clicks,
                evaluated -> evaluated.rareAmong().isPresent(),
                "More users consented before, or the application is in wide use.");
    }

    private static Condition age(
            String name, List<EvaluatedClick> clicks, Predicate<EvaluatedClick> counts, String otherwise) {
        if (clicks.isEmpty()) {
            return Condition.unknown(name, "There is no consent to evaluate.", List.of());
        }
        List<EvaluatedClick> found = clicks.stream().filter(counts).toList();
        return found.isEmpty()
                ? Condition.notMet(name, otherwise, facts(clicks))
                : Condition.met(name, IllicitConsent.why(found.get(0)) + ".", facts(found));
    }

    private static List<AppEvent> facts(List<EvaluatedClick> clicks) {
        return Facts.evidence(clicks.stream().map(one -> one.click().main()).toList());
    }
}
