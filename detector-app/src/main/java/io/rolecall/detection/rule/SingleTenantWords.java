package io.rolecall.detection.rule;

import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.detection.rule.SingleTenantAppAbuse.EvaluatedGrant;
import io.rolecall.policy.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sentences of {@link SingleTenantAppAbuse}: what an analyst reads of a finding. */
final class SingleTenantWords {

    private SingleTenantWords() {}

    static String kind(Registered registered, Tenancies tenancies, EvaluatedGrant worst) {
        if (!registered.inTenant()) {
            return "Application from elsewhere";
        }
        if (tenancies.countsAt(worst.grant().time())) {
            return "New single-tenant application";
        }
        return tenancies.known() ? "New multi-tenant application" : "New application";
    }

    static String explanation(
            Registered registered, List<Tenancies.Change> flips, List<EvaluatedGrant> evaluated, EvaluatedGrant worst) {
        String who = registered.act().map(act -> " by " + Facts.actor(act)).orElse("");
        String class_ =
                switch (worst.address().addressClass()) {
                    case EXTERNAL -> "";
                    case ORGANIZATION -> " That address is the organisation's own.";
                    case UNKNOWN -> " Whether that address is the organisation's is not known.";
                    case MICROSOFT_SERVICE ->
                        " That address is a front-end of Entra ID, which stands for whoever used it.";
                };
        StringBuilder text = new StringBuilder(
                "The application was " + registered.label() + " at " + Facts.time(registered.at()) + who + ". ");
        flips.forEach(flip -> text.append("It was made ")
                .append(tenancy(flip))
                .append(" at ")
                .append(Facts.time(flip.at()))
                .append(flip.act().map(act -> " by " + Facts.actor(act)).orElse(""))
                .append(". "));
        return text + worst.grant().label() + " was granted " + after(registered, worst) + " by "
                + Facts.actor(worst.grant().act()) + " from " + Addresses.label(worst.address()) + "." + class_
                + (evaluated.size() > 1 ? " " + Facts.count(evaluated.size(), "assignment") + " in all." : "");
    }

    static List<String> risks(
            DetectionInput input,
            Registered registered,
            List<Tenancies.Change> flips,
            List<EvaluatedGrant> evaluated,
            EvaluatedGrant worst,
            List<Permission> permissions) {
        List<String> risks = new ArrayList<>();
        if (!worst.inWindow()) {
            Duration age = Duration.between(registered.at(), worst.grant().time());
            risks.add("The application was already " + Facts.length(age) + " old when the permission was granted");
        }
        if (!flips.isEmpty()) {
            risks.add("The application was made " + tenancy(flips.get(flips.size() - 1))
                    + " between its registration and a grant");
        }
        if (permissions.stream()
                .anyMatch(permission -> input.policy().permissionSets().contains("tier-0", permission))) {
            risks.add("A granted permission lets the application make itself or others administrator");
        }
        if (permissions.size() > 1) {
            risks.add(permissions.size() + " far-reaching permissions were granted");
        }
        evaluated.stream()
                .flatMap(one -> one.mandate().risk().stream())
                .findFirst()
                .ifPresent(risks::add);
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }

    private static String tenancy(Tenancies.Change change) {
        return change.isSingle() ? "single-tenant" : "multi-tenant";
    }

    private static String after(Registered registered, EvaluatedGrant one) {
        Duration age = Duration.between(registered.at(), one.grant().time());
        return age.isNegative() ? "in the same moment" : Facts.length(age) + " later";
    }
}
