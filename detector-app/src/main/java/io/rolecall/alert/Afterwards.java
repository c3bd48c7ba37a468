package io.rolecall.alert;

import io.rolecall.detection.read.Facts;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.event.SubjectKind;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.ConsentPolicyChange;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.FederatedCredentialChange;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.ServicePrincipalState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened after the last deciding event: what was taken away, disabled, deleted, brought back, or set otherwise. */
final class Afterwards {

    private static final int MOST_LISTED = 50;

    private Afterwards() {}

    /** Sentences with their times, by time; the earliest of very many. */
    static List<String> of(Surroundings around) {
        boolean tenant = around.history().subject().kind() == SubjectKind.TENANT;
        return Stream.concat(around.acts().stream(), around.userActs().stream().filter(Facts::succeeded))
                .filter(act -> act.getEventTime().isAfter(around.last()))
                .filter(act -> undoes(act)
                        || (tenant && Details.of(act, ConsentPolicyChange.class).isPresent()))
                .sorted(Facts.ORDER)
                .limit(MOST_LISTED)
                .map(act -> Micros.text(act.getEventTime()) + " " + Sentences.of(act))
                .toList();
    }

    private static boolean undoes(AppEvent act) {
        String operation = act.getOperation();
        return Operations.STATE_CHANGES.contains(operation)
                || operation.startsWith("remove-")
                || operation.equals(Operations.REMOVE_APP_ROLE_BY_LINK)
                || operation.equals(Operations.REVOKE_CONSENT)
                || operation.equals(Operations.AZURE_ROLE_REMOVAL)
                || takesAway(act.getDetails().orElse(null));
    }

    private static boolean takesAway(@Nullable Object details) {
        if (details instanceof ServicePrincipalState state) {
            return state.getAccountEnabled().isPresent();
        }
        if (details instanceof CredentialChange change) {
            return !change.getRemoved().isEmpty();
        }
        if (details instanceof FederatedCredentialChange change) {
            return !change.getRemoved().isEmpty();
        }
        if (details instanceof RedirectChange change) {
            return !change.getRemoved().isEmpty();
        }
        if (details instanceof DelegatedGrant grant) {
            return !grant.getRemoved().isEmpty();
        }
        return details instanceof MailFlow flow
                && (flow.getCmdlet().toLowerCase(Locale.ROOT).startsWith("remove-")
                        || flow.getCmdlet().toLowerCase(Locale.ROOT).startsWith("disable-"));
    }
}
