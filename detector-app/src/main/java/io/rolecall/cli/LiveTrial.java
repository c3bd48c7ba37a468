package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import io.rolecall.event.Subject;
import io.rolecall.inprocess.GatheredRun;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.policy.Policy;
import io.rolecall.replay.AlertContent;
import io.rolecall.replay.Cause;
import io.rolecall.replay.DifferenceReasons;
import io.rolecall.replay.GatheredElement;
import io.rolecall.replay.GatheredHistory;
import io.rolecall.replay.KeyedEntry;
import io.rolecall.replay.LiveDifference;
import io.rolecall.replay.LiveFacts;
import io.rolecall.replay.SourceKind;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.state.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes causes of differences away by deciding again: over the same history, with what live had. */
final class LiveTrial implements DifferenceReasons.Trial {

    private static final int MOST_NAMED = 3;

    private static final Set<Cause> OF_FACTS = EnumSet.of(Cause.COLD_START, Cause.NOT_RETAINED, Cause.FOREIGN_FACT);

    private final Given given;
    private final Collection<Alert> live;
    private final Set<String> late;
    private final String networks;
    private final String liveNetworks;
    private final Map<String, Long> liveFrom = new HashMap<>();
    private final LiveFacts facts;
    private final Instant expired;
    private final Map<Set<Cause>, Map<String, AlertContent>> decided = new HashMap<>();

    /**
     * What is at hand.
     *
     * @param settings how the replay decided
     * @param networks with which it decided
     * @param liveSettings with what live decided, as far as it is known
     * @param history over which it decided
     * @param catalogue the detections
     * @param scratch a directory for what does not fit into memory
     * @param oldest time of the oldest event
     * @param newest time of the newest event
     */
    record Given(
            RunSettings settings,
            List<OrgNetwork> networks,
            OfLive liveSettings,
            GatheredHistory history,
            Catalogue catalogue,
            Clock clock,
            Path scratch,
            Instant oldest,
            Instant newest) {}

    /**
     * With what live decided, as far as it is known.
     *
     * @param policy its policy, or what may be it
     * @param networks its networks, or what may be them
     * @param decided what its version of the detections decides over this history; empty when nobody tells
     */
    record OfLive(Policy policy, List<OrgNetwork> networks, Optional<Map<String, AlertContent>> decided) {}

    LiveTrial(Given given, Collection<Alert> live, List<LiveDifference> differences) throws IOException {
        this.given = given;
        this.live = live;
        this.late = given.history().late();
        this.networks = PrefixAddressTable.of(given.networks()).version();
        this.liveNetworks =
                PrefixAddressTable.of(given.liveSettings().networks()).version();
        given.history().plan().ofKind(SourceKind.RAW).forEach(partition -> {
            Long committed = partition.liveFrom();
            if (committed != null && committed < partition.end()) {
                liveFrom.put(partition.toString(), committed);
            }
        });
        Set<String> subjects = new HashSet<>();
        Set<String> cited = new HashSet<>();
        for (LiveDifference difference : differences) {
            subjects.add(Subject.of(difference.alert()).key());
            difference.live().ifPresent(alert -> cited.addAll(LiveFacts.cited(alert.getEvidence())));
        }
        this.facts = LiveFacts.of(given.history(), subjects, cited);
        Retention kept = Retention.of(
                given.settings().config(), given.catalogue(), given.settings().policy());
        this.expired = given.newest().equals(Instant.MIN)
                ? Instant.MIN
                : given.newest().minus(kept.history());
    }

    @Override
    public Set<Cause> present(LiveDifference difference) {
        Set<Cause> present = EnumSet.noneOf(Cause.class);
        OfLive ofLive = given.liveSettings();
        if (isOther(wantedPolicy(difference), given.settings().policy().version())
                && wantedPolicy(difference).equals(Optional.of(ofLive.policy().version()))) {
            present.add(Cause.POLICY);
        }
        if (isOther(wantedNetworks(difference), networks)
                && wantedNetworks(difference).equals(Optional.of(liveNetworks))) {
            present.add(Cause.NETWORKS);
        }
        if (ofLive.decided().isPresent()
                && difference.live().map(this::isOfOtherVersion).orElse(true)) {
            present.add(Cause.DETECTION_VERSION);
        }
        if (!late.isEmpty()) {
            present.add(Cause.LATE);
        }
        OF_FACTS.stream().filter(cause -> !facts.of(cause).isEmpty()).forEach(present::add);
        if (!liveFrom.isEmpty()) {
            present.add(Cause.LIVE_BEHIND);
        }
        if (given.oldest().isBefore(expired)) {
            present.add(Cause.FROZEN);
        }
        return present;
    }

    @Override
    public Optional<String> untried(LiveDifference difference) {
        List<String> open = new ArrayList<>();
        OfLive ofLive = given.liveSettings();
        wantedPolicy(difference)
                .filter(version -> !version.equals(given.settings().policy().version())
                        && !version.equals(ofLive.policy().version()))
                .ifPresent(
                        version -> open.add("live decided with policy " + version + "; --live-policy names its file"));
        wantedNetworks(difference)
                .filter(version -> !version.equals(networks) && !version.equals(liveNetworks))
                .ifPresent(version ->
                        open.add("live decided with networks " + version + "; --live-networks names their file"));
        difference
                .live()
                .filter(alert -> isOfOtherVersion(alert) && ofLive.decided().isEmpty())
                .ifPresent(alert -> open.add("live had version " + alert.getDetectionVersion() + " of "
                        + alert.getDetection() + "; --live-decided names what it decides over this history"));
        difference.live().flatMap(this::citedAndGone).ifPresent(open::add);
        return open.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", open));
    }

    /** An act that live cites and nobody has any more. */
    private Optional<String> citedAndGone(Alert alert) {
        Set<String> had = new TreeSet<>();
        OF_FACTS.forEach(cause -> had.addAll(facts.positions(cause)));
        return LiveFacts.cited(alert.getEvidence()).stream()
                .filter(position -> !had.contains(position))
                .filter(position -> facts.isMissing(position))
                .findFirst()
                .map(position -> "live cites an act at " + position
                        + " that the raw logs do not hold, and its fact is not on the topic of facts any more");
    }

    @Override
    public Map<String, AlertContent> without(Set<Cause> causes) throws IOException {
        if (causes.equals(EnumSet.of(Cause.DETECTION_VERSION))) {
            return given.liveSettings().decided().orElse(Map.of());
        }
        Set<Cause> taken = EnumSet.copyOf(causes);
        taken.remove(Cause.DETECTION_VERSION);
        Map<String, AlertContent> known = decided.get(taken);
        if (known == null) {
            known = decide(taken);
            decided.put(taken, known);
        }
        return known;
    }

    private Map<String, AlertContent> decide(Set<Cause> taken) throws IOException {
        OfLive ofLive = given.liveSettings();
        List<KeyedEntry<AppEvent>> more = new ArrayList<>();
        OF_FACTS.stream().filter(taken::contains).forEach(cause -> more.addAll(facts.of(cause)));
        GatheredRun run = new GatheredRun(
                        taken.contains(Cause.FROZEN)
                                ? given.settings().config()
                                : given.settings().config().forFiles(),
                        given.catalogue(),
                        taken.contains(Cause.POLICY)
                                ? ofLive.policy()
                                : given.settings().policy(),
                        taken.contains(Cause.NETWORKS) ? ofLive.networks() : given.networks(),
                        given.clock())
                .taking(element -> !(taken.contains(Cause.LATE) && late.contains(element.position()))
                        && !(taken.contains(Cause.LIVE_BEHIND) && isAhead(element)))
                .adding(more);
        Map<String, AlertContent> contents = new TreeMap<>();
        for (Alert alert : run.over(given.history(), given.scratch()).alerts()) {
            AlertContent.of(alert).ifPresent(content -> contents.put(alert.getAlertId(), content));
        }
        return contents;
    }

    private boolean isAhead(GatheredElement element) {
        Long committed = liveFrom.get(element.topic() + "/" + element.partition());
        return committed != null && element.offset() >= committed;
    }

    @Override
    public String told(Cause cause, LiveDifference difference) {
        return switch (cause) {
            case POLICY ->
                "live decided with policy " + wantedPolicy(difference).orElse("") + ", this with "
                        + given.settings().policy().version();
            case NETWORKS ->
                "live decided with networks " + wantedNetworks(difference).orElse("") + ", this with " + networks;
            case DETECTION_VERSION ->
                "live had another version of " + difference.alert().getDetection() + " than "
                        + ours(difference.alert());
            case LATE -> "refused by live as late: " + named(late, difference);
            case COLD_START ->
                "live knew acts from before what is read here: " + named(facts.positions(cause), difference);
            case NOT_RETAINED -> "live knew acts that are kept no more: " + named(facts.positions(cause), difference);
            case FOREIGN_FACT ->
                "live had facts that no source topic held at their positions: "
                        + named(facts.positions(cause), difference);
            case LIVE_BEHIND -> "live had not committed beyond " + new TreeMap<>(liveFrom);
            case FROZEN -> "facts from before " + expired + " have expired for live";
            case UNVERIFIED, UNEXPLAINED -> "";
        };
    }

    /** The positions that the alert cites, or the first ones where it cites none. */
    private static String named(Set<String> positions, LiveDifference difference) {
        Set<String> cited = new TreeSet<>();
        difference.replayed().ifPresent(alert -> cited.addAll(LiveFacts.cited(alert.getEvidence())));
        difference.live().ifPresent(alert -> cited.addAll(LiveFacts.cited(alert.getEvidence())));
        cited.retainAll(positions);
        Set<String> told = cited.isEmpty() ? new TreeSet<>(positions) : cited;
        return String.join(", ", told.stream().limit(MOST_NAMED).toList())
                + (told.size() > MOST_NAMED ? " and " + (told.size() - MOST_NAMED) + " more" : "");
    }

    private Optional<String> wantedPolicy(LiveDifference difference) {
        return difference.live().or(this::newestOfLive).map(Alert::getPolicyVersion);
    }

    private Optional<String> wantedNetworks(LiveDifference difference) {
        return difference.live().or(this::newestOfLive).map(Alert::getNetworksVersion);
    }

    private Optional<Alert> newestOfLive() {
        return live.stream()
                .max(Comparator.comparingLong(Alert::getGeneration)
                        .thenComparing(alert -> alert.getEmittedAt().orElse(Instant.MIN))
                        .thenComparing(Alert::getAlertId));
    }

    private static boolean isOther(Optional<String> wanted, String ours) {
        return wanted.filter(version -> !version.equals(ours)).isPresent();
    }

    private boolean isOfOtherVersion(Alert alert) {
        return alert.getDetectionVersion() != ours(alert);
    }

    private int ours(Alert alert) {
        return given.catalogue()
                .byId(alert.getDetection())
                .map(detection -> given.catalogue().page(detection).version())
                .orElse(0);
    }
}
