package io.rolecall.replay;

import io.rolecall.policy.Policy;
import io.rolecall.schema.Alert;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Decides again over the history of a replay. */
public interface Deciding {

    /**
     * With what it decides.
     *
     * @param expiring whether facts expire, as they do for live
     * @param policy effective policy
     * @param networks the organisation's networks
     * @param taken which elements are looked at
     * @param more facts beside them, each under the key of its subject
     */
    record With(
            boolean expiring,
            Policy policy,
            List<OrgNetwork> networks,
            Predicate<GatheredElement> taken,
            List<KeyedEntry<AppEvent>> more) {

        public With {
            networks = List.copyOf(networks);
            more = List.copyOf(more);
        }
    }

    /**
     * The last state of every alert, withdrawn ones included.
     *
     * @throws IOException when the gathered files cannot be read
     */
    List<Alert> alerts(With with) throws IOException;
}
