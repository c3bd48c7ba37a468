package io.rolecall.audit;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Declarations;
import io.rolecall.detection.read.Declarations.Declaration;
import io.rolecall.detection.read.Grant;
import io.rolecall.event.Details;
import io.rolecall.policy.Permission;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the registration declares now: by the latest act that showed it, or by an export that is later. */
final class Declared {

    /** Scopes of the protocol itself, which clients ask for and nobody declares. */
    private static final Set<String> PROTOCOL = Set.of("openid", "profile", "email", "offline_access");

    private final Optional<Declaration> latest;

    private Declared(Optional<Declaration> latest) {
        this.latest = latest;
    }

    static Declared of(ApplicationHistory history, Imported imported) {
        List<Declaration> logged = Declarations.of(history).all();
        Optional<Declaration> exported = exported(imported);
        Optional<Declaration> last = logged.isEmpty() ? Optional.empty() : Optional.of(logged.get(logged.size() - 1));
        return new Declared(last.filter(known -> exported.isEmpty() || imported.isBefore(known.act()))
                .or(() -> exported));
    }

    private static Optional<Declaration> exported(Imported imported) {
        return imported.facts().stream()
                .flatMap(fact -> Details.of(fact, Registration.class)
                        .filter(registration -> imported.details().declared()
                                || !registration.getRequestedPermissions().isEmpty())
                        .map(registration -> new Declaration(fact, registration.getRequestedPermissions(), List.of()))
                        .stream())
                .findFirst();
    }

    /** Whether it declares what was granted; null when that is not known, and of scopes of the protocol. */
    @Nullable
    Boolean holds(Grant grant) {
        return latest.filter(
                        known -> !PROTOCOL.contains(grant.permission().value().toLowerCase(Locale.ROOT)))
                .flatMap(known -> known.holds(grant))
                .orElse(null);
    }

    /** The same of a permission of which no act is known any more. */
    @Nullable
    Boolean holds(Permission permission) {
        Optional<AppEvent> act = latest.map(Declaration::act);
        return act.isEmpty()
                ? null
                : holds(new Grant(act.orElseThrow(), permission, Optional.empty(), Optional.empty()));
    }
}
