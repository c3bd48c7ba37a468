package io.rolecall.detection.read;

import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.AppRole;
import io.rolecall.schema.DelegatedGrant;
import io.rolecall.schema.FederatedCredentialChange;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people do to applications and attackers do with a stolen session: register one, consent, give it a permission, a key, or whose
 * tokens it trusts.
 */
public final class AppChanges {

    /** Operations that may be one of them. */
    public static final Set<String> OPERATIONS = Stream.of(
                    Keys.OPERATIONS,
                    Trusts.OPERATIONS,
                    List.of(
                            Operations.CONSENT,
                            Operations.ADD_APP_ROLE,
                            Operations.ADD_DELEGATED_GRANT,
                            Operations.UPDATE_DELEGATED_GRANT))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private AppChanges() {}

    /** Whether an act is one that succeeded; an update of something else is none. */
    public static boolean isOne(AppEvent act) {
        return SignsOfLife.isGift(act)
                || (Facts.succeeded(act)
                        && (Facts.is(act, Operations.ADD_APPLICATION) || Facts.is(act, Operations.CONSENT)));
    }

    /** What was done, for sentences. */
    public static String words(AppEvent act) {
        Object details = act.getDetails().orElse(null);
        String did =
                switch (act.getOperation()) {
                    case Operations.ADD_APPLICATION -> "registered";
                    case Operations.CONSENT -> "consented to";
                    default ->
                        details instanceof AppRole || details instanceof DelegatedGrant
                                ? "gave a permission to"
                                : details instanceof FederatedCredentialChange
                                        ? "added a federated credential to"
                                        : "added a credential to";
                };
        return did + " " + act.getAppDisplayName().or(act::getAppId).orElse("an application");
    }
}
