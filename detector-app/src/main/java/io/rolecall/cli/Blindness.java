package io.rolecall.cli;

import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.policy.Policy;
import io.rolecall.topology.Summary;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which detections could not fire because nothing of what they need was delivered. */
final class Blindness {

    private final Set<String> delivered;

    /** @param summary what was delivered, by source and operation */
    Blindness(Summary summary) {
        this.delivered = summary.operations().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey().substring(entry.getKey().indexOf(' ') + 1))
                .collect(Collectors.toSet());
    }

    /** What a detection lacks, as a clause; empty when it sees. */
    String lacks(DetectionCard card) {
        return card.needs().stream()
                .filter(anyOf -> anyOf.stream().noneMatch(delivered::contains))
                .map(anyOf -> String.join(" or ", new TreeSet<>(anyOf)))
                .collect(Collectors.joining("; and no "));
    }

    /** A line for every enabled detection that is blind. */
    List<String> lines(List<Detection> detections, Policy policy) {
        return detections.stream()
                .map(Detection::card)
                .filter(card -> policy.settings(card.id()).enabled())
                .filter(card -> !lacks(card).isEmpty())
                .map(card -> "blind: " + card.id() + ": no " + lacks(card) + " in all that was read")
                .toList();
    }
}
