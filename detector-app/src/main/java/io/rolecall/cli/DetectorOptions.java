package io.rolecall.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of every command that detects in files: configuration, networks and policy. */
final class DetectorOptions {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private NetworksOption networks = new NetworksOption();

    @Mixin
    private PolicyOption policy = new PolicyOption();

    /** What all three stand for. */
    RunSettings settings(Rolecall root) {
        return new RunSettings(config.file(), networks.file(), policy.file(), root);
    }

    ConfigOption config() {
        return config;
    }

    /** Which of those that say how to detect are given. */
    List<String> ofDetecting() {
        List<String> given = new ArrayList<>();
        if (networks.file() != null) {
            given.add("--networks");
        }
        if (policy.file() != null) {
            given.add("--policy");
        }
        return given;
    }
}
