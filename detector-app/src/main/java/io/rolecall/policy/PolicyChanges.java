package io.rolecall.policy;

import io.rolecall.config.Durations;
import io.rolecall.policy.Policy.Applications;
import io.rolecall.policy.Policy.Organization;
import io.rolecall.policy.Policy.TrustedAutomation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings in which two policies differ, as far as alerts can hang on them; {@code output} says only where alerts go. */
public final class PolicyChanges {

    private final Policy before;
    private final Policy after;
    private final List<SettingChange> found = new ArrayList<>();

    private PolicyChanges(Policy before, Policy after) {
        this.before = before;
        this.after = after;
    }

    /** Every setting that differs, in the order of a policy file. */
    public static List<SettingChange> between(Policy before, Policy after) {
        PolicyChanges changes = new PolicyChanges(before, after);
        new TreeSet<>(before.detections().keySet()).forEach(changes::detection);
        changes.organization();
        changes.applications();
        changes.trustedAutomation();
        changes.setting(
                "federation.trusted",
                Policy::federation,
                (policy, federation) ->
                        new PolicyCopy(policy).federation(federation).copy(),
                federation -> entries(federation.trusted().stream()
                        .map(entry -> entry.issuer() + " " + entry.subjectPrefix() + "*"
                                + (entry.networks().isEmpty() ? "" : " from " + texts(entry.networks())))));
        ShippedSets.NAMES.forEach(changes::permissionSet);
        changes.exceptions();
        return List.copyOf(changes.found);
    }

    private <T> void setting(
            String name, Function<Policy, T> value, BiFunction<Policy, T, Policy> with, Function<T, String> text) {
        T old = value.apply(before);
        T now = value.apply(after);
        if (!old.equals(now)) {
            add(name, text.apply(old), text.apply(now), old, now, with);
        }
    }

    private <T> void add(
            String name, String oldText, String newText, T old, T now, BiFunction<Policy, T, Policy> with) {
        found.add(new SettingChange(
                name, oldText, newText, policy -> with.apply(policy, now), policy -> with.apply(policy, old)));
    }

    private void detection(String id) {
        String path = "detections." + id + ".";
        setting(
                path + "enabled",
                policy -> policy.settings(id).enabled(),
                (policy, enabled) -> withSettings(policy, id, enabled, severity(policy, id), values(policy, id)),
                String::valueOf);
        setting(
                path + "severity",
                policy -> severity(policy, id),
                (policy, severity) ->
                        withSettings(policy, id, policy.settings(id).enabled(), severity, values(policy, id)),
                severity -> severity.map(Severity::label).orElse("by the detection's rule"));
        for (String parameter : new TreeSet<>(values(before, id).keySet())) {
            setting(
                    path + parameter,
                    policy -> Objects.requireNonNull(values(policy, id).get(parameter)),
                    (policy, value) -> {
                        Map<String, Object> values = new HashMap<>(values(policy, id));
                        values.put(parameter, value);
                        return withSettings(policy, id, policy.settings(id).enabled(), severity(policy, id), values);
                    },
                    PolicyChanges::text);
        }
    }

    private void organization() {
        setting(
                "organization.domains",
                policy -> policy.organization().domains(),
                (policy, domains) -> new PolicyCopy(policy)
                        .organization(
                                new Organization(domains, policy.organization().protectedNames()))
                        .copy(),
                PolicyChanges::texts);
        setting(
                "organization.protected-names",
                policy -> policy.organization().protectedNames(),
                (policy, names) -> new PolicyCopy(policy)
                        .organization(new Organization(policy.organization().domains(), names))
                        .copy(),
                PolicyChanges::texts);
    }

    private void applications() {
        setting(
                "applications.approved",
                policy -> policy.applications().approved(),
                (policy, approved) -> new PolicyCopy(policy)
                        .applications(
                                new Applications(approved, policy.applications().banned()))
                        .copy(),
                PolicyChanges::texts);
        setting(
                "applications.banned",
                policy -> policy.applications().banned(),
                (policy, banned) -> new PolicyCopy(policy)
                        .applications(new Applications(policy.applications().approved(), banned))
                        .copy(),
                PolicyChanges::texts);
    }

    private void trustedAutomation() {
        Set<String> all = ids(policy -> policy.trustedAutomation().stream().map(TrustedAutomation::servicePrincipalId));
        for (String id : all) {
            setting(
                    "trusted-automation." + id,
                    policy -> policy.trustedAutomation().stream()
                            .filter(entry -> entry.servicePrincipalId().equals(id))
                            .toList(),
                    (policy, entries) -> new PolicyCopy(policy)
                            .trustedAutomation(others(
                                    policy.trustedAutomation(),
                                    entry -> entry.servicePrincipalId().equals(id),
                                    entries))
                            .copy(),
                    entries -> entries(entries.stream()
                            .map(entry -> "may " + texts(entry.may()) + " from " + texts(entry.networks()))));
        }
    }

    private void permissionSet(String name) {
        Set<Permission> old = before.permissionSets().sets().getOrDefault(name, Set.of());
        Set<Permission> now = after.permissionSets().sets().getOrDefault(name, Set.of());
        if (old.equals(now)) {
            return;
        }
        List<Permission> added = now.stream()
                .filter(one -> !old.contains(one))
                .sorted(ShippedSets.ORDER)
                .toList();
        List<Permission> removed = old.stream()
                .filter(one -> !now.contains(one))
                .sorted(ShippedSets.ORDER)
                .toList();
        add(
                "permission-sets." + name,
                members(removed, added),
                members(added, removed),
                old,
                now,
                (policy, members) -> {
                    Map<String, Set<Permission>> sets =
                            new HashMap<>(policy.permissionSets().sets());
                    sets.put(name, members);
                    return new PolicyCopy(policy)
                            .permissionSets(new PermissionSets(sets))
                            .copy();
                });
    }

    private void exceptions() {
        Set<String> all = ids(policy -> policy.exceptions().stream().map(PolicyException::id));
        for (String id : all) {
            setting(
                    "exceptions." + id,
                    policy -> policy.exceptions().stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst(),
                    (policy, exception) -> new PolicyCopy(policy)
                            .exceptions(others(
                                    policy.exceptions(),
                                    one -> one.id().equals(id),
                                    exception.stream().toList()))
                            .copy(),
                    exception -> exception
                            .map(one -> "of " + texts(one.detections()) + " until " + one.expires())
                            .orElse("none"));
        }
    }

    /** A list in which others stand for some of its entries. */
    private static <T> List<T> others(List<T> all, Predicate<T> some, List<T> instead) {
        return Stream.concat(all.stream().filter(some.negate()), instead.stream())
                .toList();
    }

    private Set<String> ids(Function<Policy, Stream<String>> of) {
        return Stream.concat(of.apply(before), of.apply(after)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<Severity> severity(Policy policy, String id) {
        return policy.settings(id).severity();
    }

    private static Map<String, Object> values(Policy policy, String id) {
        return policy.settings(id).values();
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        return value instanceof Collection<?> several
                ? entries(several.stream().map(String::valueOf))
                : String.valueOf(value);
    }

    private static String texts(Collection<String> values) {
        return entries(values.stream());
    }

    private static String entries(Stream<String> entries) {
        String all = entries.collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private static String members(Collection<Permission> has, Collection<Permission> lacks) {
        return Stream.of(told("has ", has), told("lacks ", lacks))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String told(String how, Collection<Permission> permissions) {
        return permissions.isEmpty() ? "" : how + Permission.values(permissions);
    }

    private static Policy withSettings(
            Policy policy, String id, boolean enabled, Optional<Severity> severity, Map<String, Object> values) {
        Map<String, Settings> detections = new HashMap<>(policy.detections());
        detections.put(id, new Settings(enabled, severity, values));
        return new PolicyCopy(policy).detections(detections).copy();
    }
}
