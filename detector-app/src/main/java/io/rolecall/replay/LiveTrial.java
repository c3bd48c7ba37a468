package io.rolecall.replay;

import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.event.Subject;
import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.state.Retention;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes causes of differences away by deciding again: over the same history, with what live had. */
public final class LiveTrial implements DifferenceReasons.Trial {

    private static final int MOST_NAMED = 3;

    private static final Set<Cause> OF_FACTS = EnumSet.of(Cause.COLD_START, Cause.NOT_RETAINED, Cause.FOREIGN_FACT);

    private final Given given;
    private final Deciding deciding;
    private final Set<String> late;
    private final LiveVersions versions;
    private final LiveFacts facts;
    private final LiveBehind behind;
    private final Instant expired;
    private final Map<Set<Cause>, Map<String, AlertContent>> decided = new HashMap<>();

    /**
     * What is at hand.
     *
     * @param config settings of the service
     * @param policy with which the replay decided
     * @param networks with which it decided
     * @param catalogue the detections
     * @param ofLive with what live decided
     * @param history over which the replay decided
     * @param oldest time of the oldest event
     * @param newest time of the newest event
     */
    public record Given(
            DetectorConfig config,
            Policy policy,
            List<OrgNetwork> networks,
            Catalogue catalogue,
            LiveSettings ofLive,
            GatheredHistory history,
            Instant oldest,
            Instant newest) {}

    /**
     * Looks for causes.
     *
     * @param live the last state of live's alerts
     * @param differences the alerts that differ
     * @throws IOException when the gathered files cannot be read
     */
    public LiveTrial(Given given, Deciding deciding, Collection<Alert> live, Collection<LiveDifference> differences)
            throws IOException {
        this.given = given;
        this.deciding = deciding;
        this.late = given.history().late();
        this.versions = new LiveVersions(given, live);
        Set<String> subjects = new HashSet<>();
        Set<String> cited = new HashSet<>();
        for (LiveDifference difference : differences) {
            subjects.add(Subject.of(difference.alert()).key());
            cited.addAll(cited(difference));
        }
        this.facts = LiveFacts.of(given.history(), subjects, cited);
        this.behind = new LiveBehind(
                given.history().plan(),
                facts,
                given.config().resolveWithin(),
                longer(given.config().revisionInterval(), given.config().evidenceInterval()),
                differences);
        Retention kept = Retention.of(given.config(), given.catalogue(), given.policy());
        this.expired = given.newest().equals(Instant.MIN)
                ? Instant.MIN
                : given.newest().minus(kept.history());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * Whether it is no difference: live has read on since the ends of the raw logs were taken, and with what it read then the replay says
     * the same.
     */
    public boolean isOfLater(LiveDifference difference) throws IOException {
        return !facts.beyond().isEmpty()
                && LiveComparison.isSettled(without(EnumSet.noneOf(Cause.class)).get(difference.alertId()), difference);
    }

    @Override
    public Set<Cause> present(LiveDifference difference) {
        Set<Cause> present = EnumSet.noneOf(Cause.class);
        present.addAll(versions.present(difference));
        if (!late.isEmpty()) {
            present.add(Cause.LATE);
        }
        OF_FACTS.stream().filter(cause -> !facts.of(cause).isEmpty()).forEach(present::add);
        if (behind.isPresent()) {
            present.add(Cause.LIVE_BEHIND);
        }
        if (given.oldest().isBefore(expired)) {
            present.add(Cause.FROZEN);
        }
        return present;
    }

    @Override
    public Optional<String> untried(LiveDifference difference) {
        List<String> open = new ArrayList<>(versions.untried(difference));
        difference.live().flatMap(this::citedAndGone).ifPresent(open::add);
        return open.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", open));
    }

    /** An act that live cites and nobody has any more. */
    private Optional<String> citedAndGone(Alert alert) {
        return LiveFacts.cited(alert.getEvidence()).stream()
                .filter(facts::isGone)
                .findFirst()
                .map(position -> "live cites an act at " + position
                        + " that the raw logs do not hold, and its fact is not on the topic of facts any more");
    }

    @Override
    public Map<String, AlertContent> without(Set<Cause> causes) throws IOException {
        if (causes.equals(EnumSet.of(Cause.DETECTION_VERSION))) {
            return given.ofLive().decided().orElse(Map.of());
        }
        Set<Cause> taken = EnumSet.noneOf(Cause.class);
        taken.addAll(causes);
        taken.remove(Cause.DETECTION_VERSION);
        Map<String, AlertContent> known = decided.get(taken);
        if (known == null) {
            known = AlertContent.byId(deciding.alerts(with(taken)));
            decided.put(taken, known);
        }
        return known;
    }

    private Deciding.With with(Set<Cause> taken) {
        List<KeyedEntry<AppEvent>> more = new ArrayList<>(facts.beyond());
        OF_FACTS.stream().filter(taken::contains).forEach(cause -> more.addAll(facts.of(cause)));
        return new Deciding.With(
                taken.contains(Cause.FROZEN),
                taken.contains(Cause.POLICY) ? given.ofLive().policy() : given.policy(),
                taken.contains(Cause.NETWORKS) ? given.ofLive().networks() : given.networks(),
                element -> !(taken.contains(Cause.LATE) && late.contains(element.position()))
                        && !(taken.contains(Cause.LIVE_BEHIND) && behind.has(element)),
                more);
    }

    @Override
    public String told(Cause cause, LiveDifference difference) {
        return switch (cause) {
            case POLICY -> versions.toldOfPolicy(difference);
            case NETWORKS -> versions.toldOfNetworks(difference);
            case DETECTION_VERSION -> versions.toldOfDetection(difference);
            case LATE -> "refused by live as late: " + named(late, difference);
            case COLD_START ->
                "live knew acts from before what is read here: " + named(facts.positions(cause), difference);
            case NOT_RETAINED -> "live knew acts that are kept no more: " + named(facts.positions(cause), difference);
            case FOREIGN_FACT ->
                "live had facts that no source topic held at their positions: "
                        + named(facts.positions(cause), difference);
            case LIVE_BEHIND -> behind.told(named(behind.held(), difference));
            case FROZEN -> "facts from before " + expired + " have expired for live";
            case UNVERIFIED, UNEXPLAINED -> "";
        };
    }

    /** The positions that the alert cites, or the first ones where it cites none. */
    private static String named(Set<String> positions, LiveDifference difference) {
        Set<String> cited = cited(difference);
        cited.retainAll(positions);
        Set<String> told = cited.isEmpty() ? new TreeSet<>(positions) : cited;
        return String.join(", ", told.stream().limit(MOST_NAMED).toList())
                + (told.size() > MOST_NAMED ? " and " + (told.size() - MOST_NAMED) + " more" : "");
    }

    private static Set<String> cited(LiveDifference difference) {
        Set<String> cited = new TreeSet<>();
        difference.replayed().ifPresent(alert -> cited.addAll(LiveFacts.cited(alert.getEvidence())));
        difference.live().ifPresent(alert -> cited.addAll(LiveFacts.cited(alert.getEvidence())));
        return cited;
    }
}
