package io.rolecall.detection.rule;

import io.rolecall.detection.Condition;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Grant;
import io.rolecall.detection.read.Grants;
import io.rolecall.detection.read.Registered;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.detection.rule.SingleTenantAppAbuse.EvaluatedGrant;
import io.rolecall.event.Operations;
import io.rolecall.network.AddressClass;
import io.rolecall.policy.Parameter;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stages of {@link SingleTenantAppAbuse} in words: what {@code explain} prints. */
final class SingleTenantStages {

    private SingleTenantStages() {}

    static Condition registration(Optional<Registered> registered, boolean any) {
        String name = any
                ? "The registration of the application, or the addition of its service principal, was seen"
                : "The registration of the application was seen";
        return registered
                .map(app ->
                        Condition.met(name, "It was " + app.label() + " at " + Facts.time(app.at()) + ".", app.facts()))
                .orElseGet(() -> Condition.notMet(
                        name, "No successful add-application: it failed, or is older than the data.", List.of()));
    }

    static Condition tenancy(
            Optional<Registered> registered, Tenancies tenancies, List<EvaluatedGrant> evaluated, boolean any) {
        String name = "It was single-tenant when registered, or when the permission was granted";
        String value = registered.flatMap(Registered::tenancy).orElse("");
        List<Instant> grants = evaluated.stream().map(one -> one.grant().time()).toList();
        List<Tenancies.Change> flips = tenancies.flipsBefore(
                grants.stream().max(Comparator.naturalOrder()).orElse(Instant.MAX));
        List<AppEvent> facts = Stream.concat(
                        registered.stream().flatMap(app -> app.facts().stream()),
                        flips.stream().flatMap(flip -> flip.act().stream()))
                .toList();
        if (any) {
            return Condition.met(
                    name,
                    "The policy asks for any tenancy; it is " + (value.isEmpty() ? "unknown" : value) + ".",
                    facts);
        }
        if (tenancies.singleAsRegistered()) {
            return Condition.met(name, "Its tenancy as registered is single.", facts);
        }
        if (registered.isPresent() && grants.stream().anyMatch(tenancies::singleAt)) {
            return Condition.met(
                    name,
                    "Its tenancy as registered is " + (value.isEmpty() ? "unknown" : value)
                            + ", but it was single when a permission was granted.",
                    facts);
        }
        if (!tenancies.known() || registered.isEmpty()) {
            return Condition.unknown(
                    name, registered.isPresent() ? "The registration does not state it." : "No registration.", facts);
        }
        return Condition.notMet(
                name,
                "Its tenancy is " + (value.isEmpty() ? "not single" : value) + "; the switch tenancy: any lets it in.",
                facts);
    }

    static Condition permission(DetectionInput input, List<Grant> risky) {
        String name =
                "A permission of " + Cards.sets(input.settings().words(Parameter.PERMISSION_SETS)) + " was granted";
        if (!risky.isEmpty()) {
            return Condition.met(
                    name,
                    risky.stream().map(Grant::label).distinct().collect(Collectors.joining(", ")) + ".",
                    risky.stream().map(Grant::act).toList());
        }
        List<Grant> others = Grants.of(input.history().acts());
        List<AppEvent> failed = input.history().acts().stream()
                .filter(act -> Facts.is(act, Operations.ADD_APP_ROLE) && !Facts.succeeded(act))
                .toList();
        String granted = others.isEmpty()
                ? "Nothing was granted"
                : "Granted only " + others.stream().map(Grant::label).distinct().collect(Collectors.joining(", "));
        return Condition.notMet(
                name,
                granted + (failed.isEmpty() ? "." : "; " + Facts.count(failed.size(), "grant") + " failed."),
                failed);
    }

    static Condition time(Optional<Registered> registered, List<Grant> risky, List<EvaluatedGrant> evaluated) {
        String name = "It was granted after the registration and within the window";
        if (registered.isEmpty() || risky.isEmpty()) {
            return Condition.unknown(name, "There is no registration and grant to compare.", List.of());
        }
        List<AppEvent> inside = evaluated.stream()
                .filter(EvaluatedGrant::inWindow)
                .map(one -> one.grant().act())
                .toList();
        if (!inside.isEmpty()) {
            return Condition.met(name, Facts.count(inside.size(), "grant") + " within the window.", inside);
        }
        return Condition.notMet(
                name,
                evaluated.isEmpty()
                        ? "Every grant lies before the registration."
                        : "Every grant is later than the window: one severity lower.",
                evaluated.stream().map(one -> one.grant().act()).toList());
    }

    static Condition address(DetectionInput input, List<EvaluatedGrant> evaluated, List<EvaluatedGrant> counting) {
        String name = "It was granted from an address that is not the organisation's";
        if (evaluated.isEmpty()) {
            return Condition.unknown(name, "There is no grant to evaluate.", List.of());
        }
        String because = evaluated.stream()
                .map(one -> one.grant().permission().value() + " from " + Addresses.label(one.address()))
                .distinct()
                .collect(Collectors.joining("; "));
        List<AppEvent> facts = evaluated.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.grant().act()), one.address().disagreeing().stream()))
                .distinct()
                .toList();
        if (counting.isEmpty()) {
            return Condition.notMet(name, because + ".", facts);
        }
        String note = input.settings().flag(SingleTenantAppAbuse.REQUIRE_EXTERNAL_IP)
                ? "."
                : "; the policy drops this condition.";
        boolean external = counting.stream().anyMatch(one -> one.address().addressClass() == AddressClass.EXTERNAL);
        return external || !input.settings().flag(SingleTenantAppAbuse.REQUIRE_EXTERNAL_IP)
                ? Condition.met(name, because + note, facts)
                : Condition.unknown(name, because + "; not known to be the organisation's, so it counts.", facts);
    }
}
