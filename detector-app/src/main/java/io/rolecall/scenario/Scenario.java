package io.rolecall.scenario;

import io.rolecall.policy.Policy;
import io.rolecall.schema.OrgNetwork;
import java.util.List;

/**
 * A scenario file: what one detection must say of some histories.
 *
 * @param file name of the file
 * @param detection id of the detection
 * @param cases its cases
 */
public record Scenario(String file, String detection, List<Case> cases) {

    public Scenario {
        cases = List.copyOf(cases);
    }

    /**
     * One history and the alerts that must come of it.
     *
     * @param name what it shows, in a sentence
     * @param line line of the file
     * @param networks the organisation's networks
     * @param policy the policy in force
     * @param events its events, in the order of the file
     * @param deliveries how they are delivered
     * @param expect the alerts that must come; none means silence
     * @param only whether alerts of other detections count too
     */
    public record Case(
            String name,
            int line,
            List<OrgNetwork> networks,
            Policy policy,
            List<CaseEvent> events,
            List<Delivery> deliveries,
            List<Expectation> expect,
            boolean only) {

        public Case {
            networks = List.copyOf(networks);
            events = List.copyOf(events);
            deliveries = List.copyOf(deliveries);
            expect = List.copyOf(expect);
        }
    }
}
