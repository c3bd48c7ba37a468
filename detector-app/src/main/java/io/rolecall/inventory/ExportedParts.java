package io.rolecall.inventory;

import io.rolecall.schema.ExportedCredential;
import io.rolecall.schema.ExportedOwner;
import io.rolecall.schema.ExportedState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings what several exports state of one object together, in any order: of each part what the latest export says that holds it, for an
 * export that was made without the owners says nothing of them. What is of one time is one export, and counts together.
 */
public final class ExportedParts {

    /** Credentials, and owners, that are kept of an object. */
    public static final int MOST = 50;

    private ExportedParts() {}

    /**
     * Both together.
     *
     * @return null when neither tells anything
     */
    @SuppressWarnings("NullAway") // nullable Avro fields take null
    public static @Nullable ExportedState merge(Optional<ExportedState> known, Optional<ExportedState> told) {
        if (known.isEmpty() || told.isEmpty()) {
            return known.or(() -> told).orElse(null);
        }
        ExportedState one = known.orElseThrow();
        ExportedState other = told.orElseThrow();
        List<ExportedState> ofState = latest(one, other, ExportedState::getEnabledAt);
        List<ExportedState> ofCredentials = latest(one, other, ExportedState::getCredentialsAt);
        List<ExportedState> ofOwners = latest(one, other, ExportedState::getOwnersAt);
        Map<String, ExportedCredential> credentials = new TreeMap<>();
        Map<String, ExportedOwner> owners = new TreeMap<>();
        ofCredentials.forEach(state -> state.getCredentials().forEach(key -> put(credentials, key.getKeyId(), key)));
        ofOwners.forEach(state -> state.getOwners().forEach(owner -> put(owners, owner.getOwnerId(), owner)));
        return ExportedState.newBuilder()
                .setEnabledAt(time(ofState, ExportedState::getEnabledAt))
                .setEnabled(ofState.stream().anyMatch(ExportedState::getEnabled))
                .setCredentialsAt(time(ofCredentials, ExportedState::getCredentialsAt))
                .setCredentials(credentials.values().stream().limit(MOST).toList())
                .setCredentialsCut(
                        credentials.size() > MOST || ofCredentials.stream().anyMatch(ExportedState::getCredentialsCut))
                .setOwnersAt(time(ofOwners, ExportedState::getOwnersAt))
                .setOwners(owners.values().stream().limit(MOST).toList())
                .setOwnersCut(owners.size() > MOST || ofOwners.stream().anyMatch(ExportedState::getOwnersCut))
                .build();
    }

    private static <T> void put(Map<String, T> byId, String id, T told) {
        byId.merge(id, told, (a, b) -> a.toString().compareTo(b.toString()) <= 0 ? a : b);
    }

    /** Of two the one whose part is later, both where the parts are of one time, none where neither has it. */
    private static List<ExportedState> latest(
            ExportedState one, ExportedState other, Function<ExportedState, Optional<Long>> at) {
        Optional<Long> last =
                Stream.of(one, other).flatMap(state -> at.apply(state).stream()).max(Comparator.naturalOrder());
        return last.isEmpty()
                ? List.of()
                : Stream.of(one, other)
                        .filter(state -> at.apply(state).equals(last))
                        .toList();
    }

    private static @Nullable Long time(List<ExportedState> states, Function<ExportedState, Optional<Long>> at) {
        return states.stream()
                .flatMap(state -> at.apply(state).stream())
                .findFirst()
                .orElse(null);
    }
}
