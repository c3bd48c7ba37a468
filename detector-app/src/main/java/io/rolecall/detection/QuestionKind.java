package io.rolecall.detection;

import io.rolecall.detection.read.ActingApplication;
import io.rolecall.detection.read.RiskyAnswer;
import io.rolecall.detection.read.UsersOfNetwork;
import io.rolecall.event.Subject;
import io.rolecall.event.SubjectKind;
import io.rolecall.event.Subjects;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Told;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The questions that one subject can ask of another. A kind says of whom an act asks it, and what the one that is asked says: two
 * pure functions, and all that a further kind needs. An answer is the same for all who ask and holds for any time, so that however
 * many acts ask, a subject is told once.
 */
public enum QuestionKind {
    /** Who the application is that acts: its owner tenant, since when it is there, and its permissions of tier 0 over time. */
    ACTING_APPLICATION("acting-application", SubjectKind.APPLICATION) {
        @Override
        public Optional<Question> of(AppEvent act) {
            return ActingApplication.subject(act).map(subject -> new Question(this, subject, ""));
        }

        @Override
        public List<Told> answer(SubjectHistory asked, String about, Policy policy) {
            return ActingApplication.told(asked, policy.permissionSets());
        }
    },
    /** Which acts on an application are risky grants or credentials, where the acts alone do not tell. */
    RISKY_ACTS("risky-acts", SubjectKind.APPLICATION) {
        @Override
        public Optional<Question> of(AppEvent act) {
            return Subjects.application(act).map(subject -> new Question(this, subject, ""));
        }

        @Override
        public List<Told> answer(SubjectHistory asked, String about, Policy policy) {
            return RiskyAnswer.told(asked, policy.permissionSets());
        }
    },
    /** Who used the application from a network first, and since when it is there; asked of what an evaluation comes upon. */
    NETWORK_USERS("network-users", SubjectKind.APPLICATION) {
        @Override
        public Optional<Question> of(AppEvent act) {
            return act.getAppId()
                    .map(appId -> new Question(
                            this, Subject.application(act.getTenantId(), appId), UsersOfNetwork.about(act)));
        }

        @Override
        public List<Told> answer(SubjectHistory asked, String about, Policy policy) {
            return UsersOfNetwork.told(asked, about);
        }
    };

    private final String label;
    private final SubjectKind asked;

    QuestionKind(String label, SubjectKind asked) {
        this.label = label;
        this.asked = asked;
    }

    /** The kind of a label; empty when this build knows none. */
    public static Optional<QuestionKind> ofLabel(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** The name on the facts' topic, kebab case. */
    public String label() {
        return label;
    }

    /** Whom it is asked of. */
    public SubjectKind asked() {
        return asked;
    }

    /** The question of an act; empty when the act names nobody to ask. A function of what every copy of the act states. */
    public abstract Optional<Question> of(AppEvent act);

    /**
     * What the subject that is asked says, ordered and bounded; a function of its history and the policy.
     *
     * @param asked its history
     * @param about what the question is about beside that subject
     */
    public abstract List<Told> answer(SubjectHistory asked, String about, Policy policy);
}
