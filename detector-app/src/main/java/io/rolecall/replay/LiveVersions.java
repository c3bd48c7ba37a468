package io.rolecall.replay;

import io.rolecall.detection.Catalogue;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Policy, networks and detections of live beside those of the replay, by the versions that alerts name. */
final class LiveVersions {

    private final String policy;
    private final String networks;
    private final Catalogue catalogue;
    private final LiveSettings ofLive;
    private final String liveNetworks;
    private final Optional<Alert> newest;

    LiveVersions(LiveTrial.Given given, Collection<Alert> live) {
        this.policy = given.policy().version();
        this.networks = PrefixAddressTable.of(given.networks()).version();
        this.catalogue = given.catalogue();
        this.ofLive = given.ofLive();
        this.liveNetworks = PrefixAddressTable.of(ofLive.networks()).version();
        this.newest = live.stream()
                .max(Comparator.comparingLong(Alert::getGeneration)
                        .thenComparing(alert -> alert.getEmittedAt().orElse(Instant.MIN))
                        .thenComparing(Alert::getAlertId));
    }

    /** Which of them are other ones, and at hand. */
    Set<Cause> present(LiveDifference difference) {
        Set<Cause> present = EnumSet.noneOf(Cause.class);
        if (isOther(policyOf(difference), policy)
                && policyOf(difference).equals(Optional.of(ofLive.policy().version()))) {
            present.add(Cause.POLICY);
        }
        if (isOther(networksOf(difference), networks) && networksOf(difference).equals(Optional.of(liveNetworks))) {
            present.add(Cause.NETWORKS);
        }
        if (ofLive.decided().isPresent()
                && difference.live().map(this::isOfOtherVersion).orElse(true)) {
            present.add(Cause.DETECTION_VERSION);
        }
        return present;
    }

    /** Which of them are other ones, and not at hand, in sentences. */
    List<String> untried(LiveDifference difference) {
        List<String> open = new ArrayList<>();
        policyOf(difference)
                .filter(version -> !version.equals(policy)
                        && !version.equals(ofLive.policy().version()))
                .ifPresent(
                        version -> open.add("live decided with policy " + version + "; --live-policy names its file"));
        networksOf(difference)
                .filter(version -> !version.equals(networks) && !version.equals(liveNetworks))
                .ifPresent(version ->
                        open.add("live decided with networks " + version + "; --live-networks names their file"));
        difference
                .live()
                .filter(alert -> isOfOtherVersion(alert) && ofLive.decided().isEmpty())
                .ifPresent(alert -> open.add("live had version " + alert.getDetectionVersion() + " of "
                        + alert.getDetection() + "; --live-decided names what it decides over this history"));
        return open;
    }

    String toldOfPolicy(LiveDifference difference) {
        return "live decided with policy " + policyOf(difference).orElse("") + ", this with " + policy;
    }

    String toldOfNetworks(LiveDifference difference) {
        return "live decided with networks " + networksOf(difference).orElse("") + ", this with " + networks;
    }

    String toldOfDetection(LiveDifference difference) {
        return "live had another version of " + difference.alert().getDetection() + " than " + ours(difference.alert());
    }

    /** An alert that live does not have names no version: what live last decided with counts. */
    private Optional<String> policyOf(LiveDifference difference) {
        return difference.live().or(() -> newest).map(Alert::getPolicyVersion);
    }

    private Optional<String> networksOf(LiveDifference difference) {
        return difference.live().or(() -> newest).map(Alert::getNetworksVersion);
    }

    private static boolean isOther(Optional<String> wanted, String ours) {
        return wanted.filter(version -> !version.equals(ours)).isPresent();
    }

    private boolean isOfOtherVersion(Alert alert) {
        return alert.getDetectionVersion() != ours(alert);
    }

    private int ours(Alert alert) {
        return catalogue
                .byId(alert.getDetection())
                .map(detection -> catalogue.page(detection).version())
                .orElse(0);
    }
}
