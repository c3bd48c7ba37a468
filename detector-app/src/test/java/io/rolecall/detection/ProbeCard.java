package io.rolecall.detection;

import io.rolecall.event.SubjectKind;
import java.util.Collection;
import java.util.Set;

/**
 * What a probe is: its id, the subjects it evaluates and what it reads.
 *
 * @param subjects kinds of subjects it evaluates
 */
public record ProbeCard(String id, Set<SubjectKind> subjects, Reads reads) {

    public ProbeCard(String id, SubjectKind subject, Collection<String> operations) {
        this(id, Set.of(subject), Reads.of(operations));
    }

    /** A probe that is a class of its own. */
    public interface Carrying extends Detection {

        ProbeCard card();

        @Override
        default String id() {
            return card().id();
        }

        @Override
        default Set<SubjectKind> subjects() {
            return card().subjects();
        }

        @Override
        default Reads reads() {
            return card().reads();
        }
    }
}
