package io.rolecall.cli;

import io.rolecall.config.ConfigFile;
import io.rolecall.config.Configuration;
import io.rolecall.config.DetectorConfig;
import io.rolecall.detection.Catalogue;
import io.rolecall.event.SubjectKind;
import io.rolecall.inprocess.InProcessDetector;
import io.rolecall.network.NetworksFile;
import io.rolecall.policy.Policy;
import io.rolecall.schema.OrgNetwork;
import io.rolecall.source.split.DecodeSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configuration, policy and networks of a command, read from the files that its options name. */
final class RunSettings {

    private final ConfigFile.Loaded loaded;
    private final PolicySettings policy;
    private final List<OrgNetwork> networks;
    private final Clock clock;
    private final Catalogue catalogue;
    private final List<Path> files;

    /** @throws io.rolecall.config.ConfigurationException when one of the files is wrong or cannot be read */
    RunSettings(@Nullable Path configFile, @Nullable Path networksFile, @Nullable Path policyFile, Rolecall root) {
        Console console = root.console();
        this.loaded = configFile == null
                ? ConfigFile.load(console.environment())
                : ConfigFile.load(configFile, console.environment());
        this.policy = PolicySettings.read(policyFile, root);
        this.networks = networksFile == null ? List.of() : NetworksFile.read(networksFile);
        this.clock = console.clock();
        this.catalogue = root.catalogue();
        this.files = Stream.of(configFile, networksFile, policyFile)
                .filter(Objects::nonNull)
                .toList();
    }

    private RunSettings(RunSettings other, Path policyFile, Rolecall root) {
        this.loaded = other.loaded;
        this.policy = PolicySettings.read(policyFile, root);
        this.networks = other.networks;
        this.clock = other.clock;
        this.catalogue = other.catalogue;
        this.files = Stream.concat(other.files.stream(), Stream.of(policyFile)).toList();
    }

    /**
     * The same with another policy, whose file is named beside the first.
     *
     * @throws io.rolecall.config.ConfigurationException when it is wrong or cannot be read
     */
    RunSettings withPolicy(Path policyFile, Rolecall root) {
        return new RunSettings(this, policyFile, root);
    }

    /** The files that the options name: no logs, even where they lie among them. */
    List<Path> files() {
        return files;
    }

    Configuration configuration() {
        return loaded.configuration();
    }

    /** The configuration with where each of its settings comes from. */
    ConfigFile.Loaded loadedConfiguration() {
        return loaded;
    }

    /** Tells of secrets that others can read in the configuration file. */
    void warnOfPlainSecrets(PrintWriter err) {
        loaded.warnings().forEach(warning -> err.println("warning: " + warning));
    }

    DetectorConfig config() {
        return configuration().detector();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Policy policy() {
        return policy.policy();
    }

    /** The networks of the file; empty where none is named. */
    List<OrgNetwork> networks() {
        return networks;
    }

    /** Tells what is odd about the policy. */
    void warnOfPolicy(PrintWriter err) {
        policy.warn(err);
    }

    /** Tells what weakens the run: what is odd about the policy, labels that no network has, no networks. */
    void warn(PrintWriter err) {
        warn(err, networks);
    }

    /** The same of networks that come from elsewhere. */
    void warn(PrintWriter err, List<OrgNetwork> used) {
        warnOfPolicy(err);
        policy.policy()
                .unknownNetworks(used.stream().map(OrgNetwork::getLabel).toList())
                .forEach(warning -> err.println("warning: " + warning));
        if (used.isEmpty()) {
            err.println("hint: no networks are loaded, so no address can be called external; --networks FILE names"
                    + " the organisation's");
        }
    }

    /** Settings of a decoder on its own. */
    DecodeSettings decodeSettings() {
        DecodeSettings usual = DecodeSettings.DEFAULT;
        return new DecodeSettings(
                config().tenantId(),
                config().maxFuture(),
                usual.maxDepth(),
                usual.maxElementBytes(),
                usual.everything());
    }

    /** A detector for files. */
    InProcessDetector detector() {
        return detector(Set.of());
    }

    /**
     * A detector for files.
     *
     * @param keptInFull kinds of subjects of which all facts are kept, whether a detection reads them or not
     */
    InProcessDetector detector(Set<SubjectKind> keptInFull) {
        return new InProcessDetector(config().forFiles(), catalogue, policy.policy(), networks, clock, keptInFull);
    }

    /**
     * The same at a time in the past: later events are refused as of the future.
     *
     * @param until that time
     */
    InProcessDetector detectorUntil(Instant until, Set<SubjectKind> keptInFull) {
        return new InProcessDetector(
                config().forFiles(),
                catalogue,
                policy.policy(),
                networks,
                Clock.fixed(until.minus(config().maxFuture()), ZoneOffset.UTC),
                keptInFull);
    }
}
