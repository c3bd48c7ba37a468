package io.rolecall.deployment;

import io.rolecall.config.ClientProperties;
import io.rolecall.config.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;

/**
 * Topics that a service had and that are gone. What Kafka throws names them seldom, and one that a principal may not see is not
 * missing; so the broker is asked.
 */
public final class MissingTopics {

    private final List<String> own;
    private final List<String> internal;
    private final boolean anyInternal;
    private final Configuration configuration;

    private MissingTopics(List<String> own, List<String> internal, boolean anyInternal, Configuration configuration) {
        this.own = own;
        this.internal = internal;
        this.anyInternal = anyInternal;
        this.configuration = configuration;
    }

    /**
     * Asks the broker.
     *
     * @param internal names of the topics that Kafka Streams makes for the application
     * @throws org.apache.kafka.common.KafkaException when the broker cannot be asked
     */
    public static MissingTopics ask(Configuration configuration, Collection<String> internal) {
        List<String> own = TopicPlan.of(configuration).topics().stream()
                .map(PlannedTopic::name)
                .toList();
        Set<String> all = new TreeSet<>(own);
        all.addAll(internal);
        List<String> hidden = new ArrayList<>();
        try (Admin admin = Clients.open(() -> Admin.create(ClientProperties.admin(configuration)))) {
            Map<String, BrokerTopics.Existing> there = new BrokerTopics(admin).describe(all, hidden);
            all.removeAll(there.keySet());
            hidden.forEach(all::remove);
            return new MissingTopics(
                    all.stream().filter(own::contains).toList(),
                    all.stream().filter(internal::contains).toList(),
                    internal.stream().anyMatch(there::containsKey),
                    configuration);
        }
    }

    /** What ended a running service that lost topics; several lines, with what mends it. Empty when none is missing. */
    public Optional<String> whileRunning() {
        List<String> lines = new ArrayList<>();
        if (!own.isEmpty()) {
            lines.add(names(
                            "the topic was deleted while the service ran: ",
                            "topics were deleted while the service ran: ",
                            own)
                    + "; 'rolecall topics create' makes what is missing, but what was on it and not yet read is gone");
        }
        if (!internal.isEmpty()) {
            lines.add(names(
                            "an internal topic was deleted while the service ran: ",
                            "internal topics were deleted while the service ran: ",
                            internal)
                    + "; without it the state of the application is incomplete");
            lines.add(ResetCommands.of(configuration));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), lines));
    }

    /**
     * What is to be said before a start: an application that has run has all its internal topics. Kafka Streams makes anew what is
     * missing, and takes the state that was in it for empty. Empty at a first start, and when none is missing.
     */
    public Optional<String> beforeStart() {
        if (internal.isEmpty() || !anyInternal) {
            return Optional.empty();
        }
        return Optional.of(names("an internal topic is missing: ", "internal topics are missing: ", internal)
                + ", while others of the application are there. It is made anew, empty. After an update that is meant;"
                + " if it was deleted, the state of the application is incomplete from now on. "
                + ResetCommands.of(configuration));
    }

    private static String names(String one, String several, List<String> names) {
        return (names.size() == 1 ? one : several) + String.join(", ", names);
    }
}
