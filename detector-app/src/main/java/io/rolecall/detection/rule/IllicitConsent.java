package io.rolecall.detection.rule;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.Participant;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.AppLists;
import io.rolecall.detection.read.Click;
import io.rolecall.detection.read.ConsentReading;
import io.rolecall.detection.read.ConsentReading.EvaluatedClick;
import io.rolecall.detection.read.ConsentRemovals;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Lifecycle;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Permission;
import io.rolecall.policy.PermissionSets;
import io.rolecall.policy.Resources;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user consents to lasting access to mail or files by an application that is young or rare here. One finding per user; of an
 * application that very many users consent to, the first {@value #MOST_USERS} and the consent burst tell the rest.
 */
public final class IllicitConsent implements Detection {

    static final int MOST_USERS = 100;

    private static final DetectionCard CARD = new DetectionCard(
            "illicit-consent",
            2,
            SubjectKind.APPLICATION,
            "User consented to an unknown application with lasting access to mail or files",
            "A user consents to mail or file scopes with offline_access, of the same click or an earlier one, for an"
                    + " application that was added at most 14 days before, or to which at most 3 other users consented in"
                    + " the 30 days before.",
            Severity.HIGH,
            List.of(Cards.STEAL_TOKEN, Cards.CLOUD_ACCOUNTS),
            List.of(
                    "A new mail, calendar or file product is being tried out by a few colleagues",
                    "A user connects their own well-known mail program for the first time in the organisation",
                    "An administrator tests an application with their own account"),
            List.of(
                    "Consents before the data begins",
                    "Applications that ask for mail or files without offline_access",
                    "Tokens taken without a consent, for example by device code or from a stolen session",
                    "Beyond 64 users only the first 128 user-days of its youth are evaluated, and at most 100 users alerted"),
            Cards.references(
                    List.of(Cards.STEAL_TOKEN),
                    Cards.CONSENT_PLAYBOOK,
                    "https://learn.microsoft.com/en-us/defender-office-365/detect-and-remediate-illicit-consent-grants"),
            List.of(),
            Cards.operations(Cards.SCOPES, List.of(Operations.ADD_APPLICATION, Operations.ADD_APP_ROLE_TO_USER)),
            List.of(Set.of(Operations.CONSENT, Operations.ADD_DELEGATED_GRANT)),
            Duration.ofDays(30));

    @Override
    public DetectionCard card() {
        return CARD;
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        ConsentReading.Result read = ConsentReading.read(input.application(), input.focus());
        PermissionSets sets = input.policy().permissionSets();
        List<EvaluatedClick> risky = read.clicks().stream()
                .filter(evaluated -> !riskyScopes(sets, evaluated.click()).isEmpty())
                .toList();
        List<EvaluatedClick> lasting =
                risky.stream().filter(EvaluatedClick::lasting).toList();
        ConsentRemovals removals = new ConsentRemovals(
                input.history(),
                read.clicks().stream().map(EvaluatedClick::click).toList(),
                read.acts(),
                read.complete());
        Map<String, List<EvaluatedClick>> byUser = new TreeMap<>();
        List<String> users = lasting.stream()
                .filter(EvaluatedClick::qualifies)
                .map(evaluated -> evaluated.click().user())
                .distinct()
                .limit(MOST_USERS)
                .toList();
        lasting.stream()
                .filter(evaluated -> evaluated.qualifies()
                        && users.contains(evaluated.click().user()))
                .forEach(evaluated -> byUser.computeIfAbsent(evaluated.click().user(), user -> new ArrayList<>())
                        .add(evaluated));
        List<Finding> findings = users.stream()
                .map(user -> finding(input, user, byUser.getOrDefault(user, List.of()), removals))
                .toList();
        return new Evaluation(findings, IllicitConsentStages.of(input, read.clicks(), risky, lasting), read.covered());
    }

    /**
     * The mail and file scopes of a click, as permissions. The grants of the click name their API, which must be the right one; a
     * consent names none, so that without its grants the exact token decides.
     */
    static List<Permission> riskyScopes(PermissionSets sets, Click click) {
        Map<String, Set<String>> apis = click.apisByScope();
        Map<String, Permission> byValue = new TreeMap<>();
        Stream.of("mail", "files")
                .flatMap(set -> sets.members(set).stream())
                .filter(permission -> permission.type() == Permission.Type.DELEGATED)
                .filter(permission -> click.scopes().contains(permission.value()))
                .filter(permission -> !apis.containsKey(permission.value())
                        || apis.get(permission.value()).contains(permission.resourceAppId()))
                .forEach(permission -> byValue.merge(permission.value(), permission, IllicitConsent::graphFirst));
        return List.copyOf(byValue.values());
    }

    private static Permission graphFirst(Permission one, Permission other) {
        if (one.resourceAppId().equals(Resources.MICROSOFT_GRAPH)) {
            return one;
        }
        return other.resourceAppId().equals(Resources.MICROSOFT_GRAPH)
                        || other.resourceAppId().compareTo(one.resourceAppId()) < 0
                ? other
                : one;
    }

    private static Finding finding(
            DetectionInput input, String user, List<EvaluatedClick> clicks, ConsentRemovals removals) {
        EvaluatedClick first = clicks.get(0);
        AppEvent main = first.click().main();
        ResolvedAddress address = input.addressOf(main);
        List<AppEvent> acts = Facts.distinct(
                clicks.stream().flatMap(one -> one.click().granted().stream()).toList());
        List<Permission> permissions = clicks.stream()
                .flatMap(one -> riskyScopes(input.policy().permissionSets(), one.click()).stream())
                .distinct()
                .toList();
        String values = permissions.stream().map(Permission::value).distinct().collect(Collectors.joining(", "));
        boolean tool = AppLists.isAdministrationTool(input.history().subject().id());
        return new Finding(
                List.of(user),
                first.click().at(),
                tool ? Severity.INFORMATIONAL : Severity.HIGH,
                Addresses.confidence(main, address),
                first.click().byAnother()
                        ? "User's " + values + " with offline_access opened to an application by another"
                        : "User consented to " + values + " with offline_access",
                who(first.click()) + " at "
                        + Facts.time(first.click().at()) + " from "
                        + Addresses.label(address) + " to " + values
                        + " with offline_access, so that the application keeps"
                        + " access without the user. " + why(first) + "."
                        + (tool ? " The application is one of Microsoft's tools for administration." : "")
                        + AppLists.approval(input.policy(), input.history()),
                Facts.evidence(acts),
                acts.size(),
                List.of(new Participant(first.click().byAnother() ? "granted" : "consented", main, address)),
                permissions,
                risks(input, first, address),
                contained(input, user, clicks, permissions, removals));
    }

    /** Why an application counts as unknown, a sentence without its full stop. */
    static String why(EvaluatedClick evaluated) {
        return evaluated
                .youngSince()
                .map(since -> "The application was added at " + Facts.time(since) + ", at most 14 days before")
                .orElseGet(() -> "Only " + Facts.count(evaluated.rareAmong().orElse(0), "other user")
                        + " consented to the application in the 30 days before");
    }

    private static List<String> risks(DetectionInput input, EvaluatedClick first, ResolvedAddress address) {
        List<String> risks = new ArrayList<>();
        if (first.youngSince().isPresent() && first.rareAmong().isPresent()) {
            risks.add("The application is both new and hardly used");
        }
        if (first.click().byAnother()) {
            risks.add("The access was granted by another, not by the user's own consent");
        }
        if (address.addressClass() == AddressClass.EXTERNAL) {
            risks.add("Consented from an address that is not the organisation's");
        }
        AppLists.risk(input.policy(), input.history()).ifPresent(risks::add);
        return risks;
    }

    private static String who(Click click) {
        return click.byAnother()
                ? Facts.actor(click.main()) + " consented for " + click.label()
                : click.label() + " consented";
    }

    /** Whether the application is gone, or every risky scope of the user was taken away after the last click. */
    private static boolean contained(
            DetectionInput input,
            String user,
            List<EvaluatedClick> clicks,
            List<Permission> permissions,
            ConsentRemovals removals) {
        AppEvent last = clicks.get(clicks.size() - 1).click().main();
        return Lifecycle.ended(input.history().acts()).isPresent() || removals.tookAll(user, permissions, last);
    }
}
