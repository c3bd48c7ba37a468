package io.rolecall.sandbox.story;

import io.rolecall.schema.OrgNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One network of the organisation.
 *
 * @param cidr prefix
 * @param label what the organisation calls it
 * @param validFrom first instant it is the organisation's; empty for always
 * @param validTo first instant it is no longer; empty while it is
 */
public record StoryNetwork(String cidr, String label, Optional<Instant> validFrom, Optional<Instant> validTo) {

    /** The record of the topic of networks. */
    public OrgNetwork toRecord() {
        return OrgNetwork.newBuilder()
                .setCidr(cidr)
                .setLabel(label)
                .setValidFrom(validFrom.orElse(null))
                .setValidTo(validTo.orElse(null))
                .build();
    }

    /** The line of {@code networks.csv}. */
    public String csvLine() {
        return String.join(
                ",",
                cidr,
                label,
                validFrom.map(Instant::toString).orElse(""),
                validTo.map(Instant::toString).orElse(""));
    }

    /** The organisation's networks; one ended during the story, one began. */
    static List<StoryNetwork> of(StoryOptions options) {
        var opened = options.scriptDay(9).plus(Duration.ofHours(2));
        var closed = options.scriptDay(29).plus(Duration.ofHours(23));
        return List.of(
                new StoryNetwork("203.0.113.0/24", "headquarters", Optional.empty(), Optional.empty()),
                new StoryNetwork("198.51.100.0/26", "branch-office", Optional.empty(), Optional.of(closed)),
                new StoryNetwork("198.51.100.64/26", "new-branch-office", Optional.of(opened), Optional.empty()),
                new StoryNetwork("2001:db8:10::/48", "headquarters-ipv6", Optional.empty(), Optional.empty()));
    }
}
