package io.rolecall.topology;

import io.rolecall.detection.Condition;
import io.rolecall.detection.Confidence;
import io.rolecall.detection.DetectionInput;
import io.rolecall.detection.Evaluation;
import io.rolecall.detection.Finding;
import io.rolecall.detection.ProbeCard;
import io.rolecall.detection.Reads;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.BaselineNeed;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.memory.FirstUses;
import io.rolecall.detection.memory.Memory;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A detection for tests: the service principal signs in from a country that is new to its baseline. */
record NewCountry(ProbeCard card) implements ProbeCard.Carrying {

    private static final Set<ActivitySource> SIGN_INS = Set.of(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS);

    static NewCountry probe() {
        return new NewCountry(new ProbeCard(
                "new-country",
                Set.of(SubjectKind.APPLICATION),
                Reads.of(Set.of(Operations.SIGN_IN))
                        .remembering(BaselineNeed.of(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS, Dimension.COUNTRY))));
    }

    @Override
    public Evaluation evaluate(DetectionInput input) {
        Memory memory = input.history().memory();
        FirstUses countries = memory.firstUses(SIGN_INS, Dimension.COUNTRY);
        List<Finding> findings = new ArrayList<>();
        for (FirstUse country : countries.uses()) {
            if (memory.isNewToBaseline(SIGN_INS, Dimension.COUNTRY, country).isYes()) {
                findings.add(finding(input, country));
            }
        }
        String because = "Of " + countries.uses().size() + " countries";
        return Evaluation.of(
                findings,
                List.of(
                        findings.isEmpty()
                                ? Condition.notMet("A country is new to the baseline", because, List.of())
                                : Condition.met("A country is new to the baseline", because, List.of())));
    }

    private static Finding finding(DetectionInput input, FirstUse country) {
        return new Finding(
                List.of(country.value()),
                country.at(),
                Severity.MEDIUM,
                Confidence.HIGH,
                "New country " + country.value(),
                "First used at " + country.at() + " by " + country.eventId() + ".",
                input.history().acts(),
                1,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
