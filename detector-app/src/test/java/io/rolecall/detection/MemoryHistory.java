package io.rolecall.detection;

import io.rolecall.acts.ActIds;
import io.rolecall.detection.memory.Memory;
import io.rolecall.detection.memory.NothingRemembered;
import io.rolecall.detection.read.Clicks;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.HeldPermissions;
import io.rolecall.detection.read.Tenancies;
import io.rolecall.event.ActMerge;
import io.rolecall.event.Acts;
import io.rolecall.event.Operations;
import io.rolecall.event.Subject;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.AzureSlot;
import io.rolecall.schema.state.RegistrationSummary;
import io.rolecall.schema.state.SignInHour;
import io.rolecall.schema.state.SubjectProfile;
import io.rolecall.schema.state.UseHour;
import io.rolecall.schema.state.UserDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A history held in memory, built from facts in any order with any duplicates; counts the user days that are read. */
public final class MemoryHistory implements ApplicationHistory {

    private final List<AppEvent> facts;
    private final SubjectProfile profile;
    private int userDaysRead;

    public MemoryHistory(Collection<AppEvent> facts) {
        this(facts, Instant.MIN);
    }

    /** Only the profile still tells of what is older than the horizon. */
    public MemoryHistory(Collection<AppEvent> facts, Instant horizon) {
        Map<String, List<AppEvent>> byAct = new TreeMap<>();
        facts.forEach(fact -> {
            String act = Facts.is(fact, Operations.ACTOR_ADDRESS) ? fact.getEventId() : Acts.id(fact);
            byAct.merge(act, List.of(fact), (known, more) -> ActMerge.add(known, more.get(0)));
        });
        List<AppEvent> all = byAct.values().stream()
                .map(ActMerge::merged)
                .sorted(Facts.ORDER)
                .toList();
        this.facts = all.stream()
                .filter(fact -> !fact.getEventTime().isBefore(horizon))
                .toList();
        this.profile = profile(all);
        facts.forEach(fact -> {
            profile.setHeld(HeldPermissions.merge(profile.getHeld(), fact, Evaluations.SETS));
            profile.setTenancyChanges(Tenancies.merge(profile.getTenancyChanges(), fact));
        });
    }

    @Override
    public Subject subject() {
        return Subject.application(ActIds.tenantId(), LineFacts.APP.appId());
    }

    @Override
    public SubjectProfile profile() {
        return profile;
    }

    @Override
    public List<AppEvent> acts() {
        return facts.stream()
                .filter(fact -> !Facts.is(fact, Operations.ACTOR_ADDRESS) && !Acts.isUserLevel(fact))
                .toList();
    }

    @Override
    public List<AppEvent> initiated() {
        return List.of();
    }

    @Override
    public boolean actsCut() {
        return false;
    }

    @Override
    public List<AzureSlot> azureActivity(Instant from, Instant to, int limit) {
        return List.of();
    }

    @Override
    public List<AppEvent> actorAddresses(String actorKey, Instant from, Instant to) {
        return facts.stream()
                .filter(fact -> fact.getDetails().orElse(null) instanceof ActorAddress address
                        && address.getActorKey().equals(actorKey)
                        && !address.getLast().isBefore(from)
                        && !address.getFirst().isAfter(to))
                .toList();
    }

    @Override
    public List<UserDay> userDays(Instant from, Instant to, int limit) {
        Map<Instant, Map<String, List<AppEvent>>> days = new TreeMap<>();
        facts.stream()
                .filter(fact -> !Facts.is(fact, Operations.ACTOR_ADDRESS) && Acts.isUserLevel(fact))
                .filter(fact -> !fact.getEventTime().isBefore(Facts.dayOrEarliest(from))
                        && !Facts.day(fact.getEventTime()).isAfter(to))
                .forEach(fact -> days.computeIfAbsent(Facts.day(fact.getEventTime()), day -> new TreeMap<>())
                        .computeIfAbsent(Acts.userKey(fact), user -> new ArrayList<>())
                        .add(fact));
        List<UserDay> read = days.values().stream()
                .flatMap(users -> users.entrySet().stream())
                .limit(limit)
                .map(user -> UserDay.newBuilder()
                        .setUserKey(user.getKey())
                        .setActs(user.getValue())
                        .build())
                .toList();
        userDaysRead += read.size();
        return read;
    }

    @Override
    public List<SignInHour> signIns(Instant from, Instant to, int limit) {
        return List.of();
    }

    @Override
    public List<UseHour> uses(Instant from, Instant to, int limit) {
        return List.of();
    }

    public int userDaysRead() {
        return userDaysRead;
    }

    private static SubjectProfile profile(List<AppEvent> facts) {
        List<AppEvent> own = facts.stream()
                .filter(fact -> !Facts.is(fact, Operations.ACTOR_ADDRESS))
                .toList();
        Instant first = own.isEmpty() ? Instant.EPOCH : own.get(0).getEventTime();
        Instant last = own.isEmpty() ? Instant.EPOCH : own.get(own.size() - 1).getEventTime();
        SubjectProfile.Builder profile =
                SubjectProfile.newBuilder().setFirstSeen(first).setLastSeen(last);
        Map<String, AppEvent> earliest = new LinkedHashMap<>();
        own.stream().filter(Facts::succeeded).forEach(fact -> earliest.putIfAbsent(fact.getOperation(), fact));
        AppEvent registration = earliest.get(Operations.ADD_APPLICATION);
        if (registration != null) {
            RegistrationSummary.Builder summary =
                    RegistrationSummary.newBuilder().setAt(registration.getEventTime());
            if (registration.getDetails().orElse(null) instanceof Registration details) {
                details.getTenancy().ifPresent(summary::setTenancy);
            }
            registration.getActor().getId().ifPresent(summary::setActorId);
            profile.setRegistration(summary.build());
        }
        AppEvent servicePrincipal = earliest.get(Operations.ADD_SERVICE_PRINCIPAL);
        if (servicePrincipal != null) {
            profile.setServicePrincipalAddedAt(servicePrincipal.getEventTime());
        }
        count(own, profile);
        return profile.build();
    }

    private static void count(List<AppEvent> facts, SubjectProfile.Builder profile) {
        List<AppEvent> assigned = facts.stream().filter(MemoryHistory::assigns).toList();
        Set<String> tenantWide = new TreeSet<>();
        facts.stream().filter(Acts::isTenantWide).map(Clicks::click).forEach(tenantWide::add);
        List<AppEvent> asked = facts.stream()
                .filter(Acts::asksUser)
                .filter(fact -> !Acts.assignsItself(fact) || !tenantWide.contains(Clicks.click(fact)))
                .toList();
        profile.setConsentActs(asked.size())
                .setConsentUsers(users(asked).size())
                .setAssignmentActs(assigned.size())
                .setAssignedUsers(users(assigned).size());
        List<AppEvent> both = new ArrayList<>(asked);
        both.addAll(assigned);
        facts.stream()
                .filter(Acts::isUserLevel)
                .filter(fact -> fact.getDetails().orElse(null) instanceof DelegatedGrant grant
                        && !grant.getAdded().isEmpty())
                .forEach(both::add);
        both.stream().map(AppEvent::getEventTime).min(Comparator.naturalOrder()).ifPresent(profile::setFirstUserActAt);
        both.stream().map(AppEvent::getEventTime).max(Comparator.naturalOrder()).ifPresent(profile::setLastUserActAt);
    }

    private static Set<String> users(List<AppEvent> acts) {
        Set<String> users = new TreeSet<>();
        acts.forEach(act -> users.add(Acts.userKey(act)));
        return users;
    }

    private static boolean assigns(AppEvent fact) {
        return Acts.assignsUser(fact);
    }

    /** Nothing is remembered beyond the facts. */
    @Override
    public Memory memory() {
        return new NothingRemembered();
    }
}
