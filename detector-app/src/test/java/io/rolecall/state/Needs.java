package io.rolecall.state;

import io.rolecall.detection.Catalogue;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Probe;
import io.rolecall.detection.Reads;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.PolicyFile;
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

    private static MemoryNeeds of(BaselineNeed need) {
        return of(SubjectKind.APPLICATION, need);
    }

    private static MemoryNeeds of(SubjectKind kind, BaselineNeed need) {
        Probe probe = new Probe(
                "remembers",
                Set.of(kind),
                Reads.of(Set.of()).remembering(need),
                input -> Evaluation.of(List.of(), List.of()));
        Catalogue catalogue = Probe.only(probe);
        return MemoryNeeds.of(catalogue, PolicyFile.defaults(catalogue.parameters()));
    }
}
