package io.rolecall.state;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Detection;
import io.rolecall.detection.DetectionCard;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.SubjectKind;
import java.util.List;
import java.util.Set;

/** What is remembered in tests, as a detection of applications declares it. */
final class Needs {

    static final MemoryNeeds OTHER_ACTS = of(BaselineNeed.of(ActivitySource.OTHER_ACTS));
    static final MemoryNeeds SIGN_INS = of(BaselineNeed.of(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS, Dimension.COUNTRY)
            .withCounts());
    static final MemoryNeeds MAIL =
            of(BaselineNeed.of(ActivitySource.MAIL_USE, Dimension.MAILBOX).withCounts());

    static final MemoryNeeds OF_PERSONS = of(
            SubjectKind.ACTOR, BaselineNeed.of(ActivitySource.USER_SIGN_INS, Dimension.APPLICATION, Dimension.NETWORK));

    private Needs() {}

    /** Declares needs, and finds nothing. */
    private record Declaring(DetectionCard card, Set<BaselineNeed> baselines) implements Detection {

        @Override
        public Evaluation evaluate(DetectionInput input) {
            return Evaluation.of(List.of(), List.of());
        }
    }

    private static MemoryNeeds of(BaselineNeed need) {
        return of(SubjectKind.APPLICATION, need);
    }

    private static MemoryNeeds of(SubjectKind kind, BaselineNeed need) {
        DetectionCard card = Catalogue.all().get(0).card();
        DetectionCard ofKind = new DetectionCard(
                card.id(),
                card.version(),
                kind,
                card.title(),
                card.description(),
                card.severity(),
                card.attack(),
                card.falsePositiveHints(),
                card.blindSpots(),
                card.references(),
                card.parameters(),
                card.operations(),
                card.needs(),
                card.window());
        return MemoryNeeds.of(List.of(new Declaring(ofKind, Set.of(need))));
    }
}
