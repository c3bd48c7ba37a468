package io.rolecall.sandbox.story;

import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
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
}
