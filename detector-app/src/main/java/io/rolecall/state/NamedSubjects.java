package io.rolecall.state;

import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.state.SubjectProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds people by any of their names, and tenants: each name is the beginning of its keys. */
public final class NamedSubjects {

    private final ProfileStore profiles;

    NamedSubjects(ProfileStore profiles) {
        this.profiles = profiles;
    }

    /**
     * The subjects of a name, one a tenant; of a person under a lesser name the one that it leads to, whether that is known here or not.
     *
     * @param kind people or tenants
     * @param name lower case
     */
    public List<Subject> named(SubjectKind kind, String name) {
        return profiles.named(kind, name, ApplicationLookup.MOST_FOUND).stream()
                .map(this::best)
                .toList();
    }

    private Subject best(Subject subject) {
        Set<Subject> passed = new HashSet<>();
        Subject best = subject;
        Optional<String> next = profiles.get(subject).flatMap(SubjectProfile::getMovedTo);
        while (next.isPresent() && passed.add(best)) {
            best = new Subject(subject.kind(), subject.tenantId(), next.orElseThrow());
            next = profiles.get(best).flatMap(SubjectProfile::getMovedTo);
        }
        return best;
    }
}
