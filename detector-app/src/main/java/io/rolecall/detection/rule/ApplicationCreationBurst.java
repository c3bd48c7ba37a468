package io.rolecall.detection.rule;

import io.rolecall.detection.Answer;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.FindingBuilder;
import io.rolecall.detection.Reads;
import io.rolecall.detection.RiskKind;
import io.rolecall.detection.read.Addresses;
import io.rolecall.detection.read.Creations;
import io.rolecall.detection.read.Creations.Created;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.Mandate;
import io.rolecall.detection.read.Registered;
import io.rolecall.event.Involvement;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.MicrosoftApps;
import io.rolecall.policy.Param;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person creates many applications or service principals within minutes: one finding a UTC day. Or an application that is not
 * Microsoft's registers another: one finding.
 */
public final class ApplicationCreationBurst implements Detection {

    private static final String BY_APPLICATION = "by-application";
    private static final String MAY = "create-application";
    private static final int MOST_NAMES = 10;

    private static final Param<Integer> THRESHOLD = Param.number(
            "threshold", 3, 1, 20, "Distinct App IDs by one person within the window; more than so many are a burst.");
    private static final Param<Duration> WINDOW = Param.duration(
            "window",
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "Longest time from the first to the last of them.");

    private static final Reads READS = Reads.of(
                    Creations.OPERATIONS, Operations.STATE_CHANGES, List.of(Operations.SIGN_IN))
            .needing(Operations.ADD_APPLICATION, Operations.ADD_SERVICE_PRINCIPAL)
            .within(WINDOW)
            .inParts(Involvement.INITIATOR, Involvement.TARGET);

    @Override
    public String id() {
        return "application-creation-burst";
    }

    @Override
    public Set<SubjectKind> subjects() {
        return Set.of(SubjectKind.ACTOR, SubjectKind.APPLICATION);
    }

    @Override
    public Reads reads() {
        return READS;
    }

    @Override
    public List<Param<?>> parameters() {
        return List.of(THRESHOLD, WINDOW);
    }

    @Override
    public Evaluation evaluate(DetectionInput in) {
        return in.history().subject().kind() == SubjectKind.ACTOR ? byPerson(in) : byApplication(in);
    }

    private static Evaluation byPerson(DetectionInput in) {
        List<Created> created = Creations.of(in.history().acts());
        Map<Created, LocalDate> bursts = new HashMap<>();
        return in.candidates(
                        "The person created applications or service principals",
                        created,
                        Created::act,
                        Created::label,
                        "No successful add-application and no add-service-principal with an App ID")
                .where(
                        "It is not Microsoft's own, which a tenant gets by using Microsoft's services",
                        one -> Answer.of(!MicrosoftApps.isFirstParty(one.appId()), one.label()))
                .among(
                        "More than " + in.get(THRESHOLD) + " distinct App IDs within " + Facts.length(in.get(WINDOW)),
                        all -> {
                            bursts.putAll(Creations.bursts(all, in.get(THRESHOLD), in.get(WINDOW)));
                            return all.stream().filter(bursts::containsKey).toList();
                        },
                        ApplicationCreationBurst::count,
                        count(created) + " in all, never so many within the window")
                .findEach(
                        one -> bursts.getOrDefault(one, one.day()),
                        same -> burst(
                                in, bursts.getOrDefault(same.get(0), same.get(0).day()), same));
    }

    private static Evaluation byApplication(DetectionInput in) {
        return in.candidates(
                        "The application registered others",
                        Creations.of(in.application().initiated()).stream()
                                .filter(Created::isRegistration)
                                .toList(),
                        Created::act,
                        Created::label,
                        "No successful add-application was done by it")
                .where("It is not Microsoft's own", one -> notMicrosoft(in))
                .findOne(created -> byItself(in, created));
    }

    private static Answer notMicrosoft(DetectionInput in) {
        if (MicrosoftApps.isFirstParty(in.history().subject().id())) {
            return Answer.no("its App ID is on the list of Microsoft's own");
        }
        return in.history()
                .profile()
                .getOwnerTenantId()
                .map(owner -> Answer.of(!MicrosoftApps.isOwner(owner), "it is owned by tenant " + owner))
                .orElseGet(() -> Registered.of(in.history()).isPresent()
                        ? Answer.yes("it was registered in this tenant")
                        : Answer.unknown("no sign-in, registration or inventory tells who owns it, so it counts"));
    }

    private static Finding burst(DetectionInput in, LocalDate day, List<Created> created) {
        Created first = created.get(0);
        Created last = created.get(created.size() - 1);
        return finding(in, created, in.history().acts())
                .anchor(day.toString())
                .severity(Severity.MEDIUM)
                .title(Facts.actor(first.act()) + " created " + count(in, created) + " within minutes")
                .says(Facts.actor(first.act()) + " created " + count(in, created) + " from "
                        + Facts.time(first.act().getEventTime()) + " to "
                        + Facts.time(last.act().getEventTime()) + ", first from "
                        + Addresses.label(in.addressOf(first.act())) + ": " + names(created) + ".")
                .build();
    }

    private static Finding byItself(DetectionInput in, List<Created> created) {
        Created first = created.get(0);
        List<Mandate> mandates = created.stream()
                .map(one -> Mandate.of(in.policy(), one.act(), in.addressOf(one.act()), MAY::equals))
                .toList();
        return finding(in, created, in.application().initiated())
                .anchor(BY_APPLICATION)
                .severity(Severity.MEDIUM, mandates)
                .title("Application registered " + count(in, created))
                .says(Facts.actor(first.act()) + " registered " + count(in, created) + " from "
                        + Facts.time(first.act().getEventTime()) + " on, first from "
                        + Addresses.label(in.addressOf(first.act())) + ": " + names(created)
                        + ". An application that makes others outlives its own removal in them.")
                .build();
    }

    /** @param acts of whoever created them, which tell of what was deleted again */
    private static FindingBuilder finding(DetectionInput in, List<Created> created, List<AppEvent> acts) {
        List<AppEvent> all = created.stream().map(Created::act).toList();
        return in.finding(all.get(0))
                .risk(
                        all.stream().anyMatch(in::isFromOutside),
                        RiskKind.FROM_OUTSIDE,
                        "Created from an address that is not the organisation's")
                .by("created", all)
                .undone(created.stream().allMatch(one -> one.isGone(acts)));
    }

    /** Of very many acts some are left out, so that there may have been more. */
    private static String count(DetectionInput in, List<Created> created) {
        return (in.history().actsCut() ? "at least " : "") + count(created);
    }

    private static String count(List<Created> created) {
        return Facts.count(Creations.applications(created), "application");
    }

    private static String names(List<Created> created) {
        return Facts.first(
                MOST_NAMES, created.stream().map(Created::label).distinct().toList());
    }
}
