package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.SubjectHistory;
import io.rolecall.event.Details;
import io.rolecall.event.Operations;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Registration;
import io.rolecall.schema.state.SubjectProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names under which an application showed itself, or that it gave others: display names, and domains of publishers. */
public final class ShownNames {

    /** Operations that show a name. */
    public static final Set<String> OPERATIONS = Set.of(
            Operations.ADD_APPLICATION,
            Operations.UPDATE_APPLICATION,
            Operations.ADD_SERVICE_PRINCIPAL,
            Operations.CONSENT);

    /** User-days read: a name that changes is shown by the other operations, too. */
    private static final int MOST_DAYS = 64;

    /**
     * A name in an act.
     *
     * @param act the act, successful or not
     * @param text display name, or publisher domain
     * @param isDomain whether it is a publisher domain
     */
    public record Shown(AppEvent act, String text, boolean isDomain) {}

    private ShownNames() {}

    /** The names, ordered by act. */
    public static List<Shown> of(SubjectHistory history) {
        List<AppEvent> acts = new ArrayList<>(history.acts());
        if (history instanceof ApplicationHistory application) {
            acts.addAll(ofUsers(application));
            acts.addAll(application.initiated());
        }
        List<Shown> names = new ArrayList<>();
        acts.stream()
                .filter(act -> OPERATIONS.contains(act.getOperation()))
                .sorted(Facts.ORDER)
                .forEach(act -> {
                    act.getAppDisplayName().ifPresent(name -> names.add(new Shown(act, name, false)));
                    Details.of(act, Registration.class)
                            .flatMap(Registration::getPublisherDomain)
                            .ifPresent(domain -> names.add(new Shown(act, domain, true)));
                });
        return names;
    }

    private static List<AppEvent> ofUsers(ApplicationHistory history) {
        SubjectProfile profile = history.profile();
        if (profile.getFirstUserActAt().isEmpty() || profile.getLastUserActAt().isEmpty()) {
            return List.of();
        }
        return history
                .userDays(
                        profile.getFirstUserActAt().get(),
                        profile.getLastUserActAt().get(),
                        MOST_DAYS)
                .stream()
                .flatMap(day -> day.getActs().stream())
                .toList();
    }

    /** The name that the latest successful act on the registration gave; empty when none is known. */
    public static Optional<Shown> latest(List<Shown> names) {
        return names.stream()
                .filter(name -> !name.isDomain() && Facts.succeeded(name.act()))
                .filter(name -> Facts.is(name.act(), Operations.ADD_APPLICATION)
                        || Facts.is(name.act(), Operations.UPDATE_APPLICATION))
                .reduce((one, later) -> later);
    }
}
