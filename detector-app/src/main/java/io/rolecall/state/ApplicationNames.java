package io.rolecall.state;

import io.rolecall.event.Hashes;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.state.SubjectProfile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;

/**
 * Leads from an object id, a service principal id or the latest name of an application to its key: an entry each, beside the
 * profiles and written with them, so that a question reads what it finds and nothing else. Texts are kept as hashes: a name has no
 * longest length, and a key should.
 */
final class ApplicationNames {

    /** First byte of the entries; the index of days and subjects' keys start with others. */
    private static final char NAMES = 2;

    private static final int HASH = 16;
    private static final byte[] PRESENT = new byte[0];

    private final EntryStore store;

    ApplicationNames(EntryStore store) {
        this.store = store;
    }

    /**
     * Follows a profile.
     *
     * @param before as it was; empty when it is new
     * @param after as it is; empty when it is deleted
     */
    void changed(Subject subject, Optional<SubjectProfile> before, Optional<SubjectProfile> after) {
        if (subject.kind() != SubjectKind.APPLICATION) {
            return;
        }
        Set<String> gone = names(subject, before);
        Set<String> come = names(subject, after);
        for (String name : gone) {
            if (!come.contains(name)) {
                store.delete(key(subject, name));
            }
        }
        for (String name : come) {
            if (!gone.contains(name)) {
                store.put(key(subject, name), PRESENT);
            }
        }
    }

    /**
     * Applications that a text leads to, ordered by their keys. A hash is no proof: their profiles have to be asked.
     *
     * @param text id or whole name, in any case
     */
    List<Subject> find(String text, int most) {
        byte[] prefix = prefix(folded(text));
        List<Subject> found = new ArrayList<>();
        for (KeyValue<byte[], byte[]> entry : store.withPrefix(prefix, most)) {
            found.add(StoreKeys.subject(ByteBuffer.wrap(entry.key, prefix.length, entry.key.length - prefix.length)));
        }
        return found;
    }

    /** Whether an application is called so. What has moved to its App ID is called nothing any more. */
    static boolean isCalled(Subject subject, SubjectProfile profile, String text) {
        return names(subject, Optional.of(profile)).contains(folded(text));
    }

    private static Set<String> names(Subject subject, Optional<SubjectProfile> known) {
        Set<String> names = new TreeSet<>();
        known.filter(profile -> profile.getMovedTo().isEmpty()).ifPresent(profile -> {
            profile.getServicePrincipalId().map(ApplicationNames::folded).ifPresent(names::add);
            profile.getAppObjectId().map(ApplicationNames::folded).ifPresent(names::add);
            profile.getDisplayName().map(ApplicationNames::folded).ifPresent(names::add);
            if (subject.isUnresolved()) {
                String id = subject.id();
                names.add(folded(id.substring(id.lastIndexOf('/') + 1)));
            }
        });
        return names;
    }

    /** Alike for texts that {@link String#equalsIgnoreCase} calls equal, in whatever language. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.chars().forEach(letter -> folded.append(Character.toLowerCase(Character.toUpperCase((char) letter))));
        return folded.toString();
    }

    private static byte[] key(Subject subject, String name) {
        return StoreKeys.join(prefix(name), StoreKeys.subject(subject));
    }

    private static byte[] prefix(String name) {
        return StoreKeys.join(StoreKeys.of(NAMES), StoreKeys.hash(Hashes.sha256(name), HASH));
    }
}
