package io.rolecall.detection;

import io.rolecall.policy.Permission;
import io.rolecall.policy.Severity;
import io.rolecall.schema.AppEvent;
import java.time.Instant;
import java.util.List;

/**
 * What a detection found: a function of the facts alone.
 *
 * @param anchor what the finding hangs on besides the subject, for example a key id; empty when there is one per subject.
 *     Chosen so that neither order nor duplicates change it
 * @param anchorTime event time of the anchoring fact
 * @param severity by the detection's rule; the policy may override it afterwards
 * @param confidence how surely the events state it
 * @param title one line
 * @param explanation sentences for an analyst
 * @param decidedBy acts that decide, at most 50 and chosen independently of order, ordered by time and event id
 * @param decidedByCount number of acts that decide, also beyond those listed
 * @param participants who took part
 * @param permissions permissions it is about
 * @param riskReasons what raises the risk, in the order of the detection; what can be told of any alert is added later
 * @param contained whether the logs show it undone: the application disabled or deleted, or every risky grant and credential gone
 */
public record Finding(
        List<String> anchor,
        Instant anchorTime,
        Severity severity,
        Confidence confidence,
        String title,
        String explanation,
        List<AppEvent> decidedBy,
        long decidedByCount,
        List<Participant> participants,
        List<Permission> permissions,
        List<RiskReason> riskReasons,
        boolean contained) {

    /** Most acts listed as evidence (contract section 5). */
    public static final int MOST_EVIDENCE = 50;

    public Finding {
        anchor = List.copyOf(anchor);
        decidedBy = List.copyOf(decidedBy);
        participants = List.copyOf(participants);
        permissions = List.copyOf(permissions);
        riskReasons = List.copyOf(riskReasons);
    }
}
