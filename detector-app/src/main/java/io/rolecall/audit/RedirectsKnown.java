package io.rolecall.audit;

import io.rolecall.audit.KnownApplication.Redirect;
import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.read.Facts;
import io.rolecall.detection.read.RedirectAddress;
import io.rolecall.detection.read.RedirectFlaws;
import io.rolecall.detection.read.RedirectFlaws.Flaw;
import io.rolecall.detection.read.Redirects;
import io.rolecall.detection.read.Redirects.Added;
import io.rolecall.event.Details;
import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.RedirectChange;
import io.rolecall.schema.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The redirect addresses of an application and what is wrong with each: of an export and of the acts since, else of the acts. */
final class RedirectsKnown {

    static final String CUSTOM_SCHEME = "a scheme of its own that any application on the device can claim";

    /**
     * Schemes that the platform gives to one application (Windows, broker), and those that bear a domain in reverse order (RFC 8252,
     * 7.1) or the App ID.
     */
    private static final Pattern CLAIMED =
            Pattern.compile("ms-app|ms-appx|ms-appx-web|msauth|brk-.*|urn|.*[.].*|msal[0-9a-f-]{36}");

    private RedirectsKnown() {}

    static List<Redirect> of(ApplicationHistory history, Imported imported, Policy policy) {
        RedirectFlaws flaws = new RedirectFlaws(history, policy, List.of());
        Map<String, Redirect> known = new TreeMap<>();
        for (Added added : standing(history.acts(), imported)) {
            known.putIfAbsent(
                    added.address().text(), new Redirect(added.address().text(), words(added, flaws)));
        }
        return List.copyOf(known.values());
    }

    private static List<Added> standing(List<AppEvent> acts, Imported imported) {
        Optional<AppEvent> registration = exported(imported);
        List<Added> logged = Redirects.added(acts).stream()
                .filter(added -> !added.undone())
                .filter(added -> registration.isEmpty() || imported.isBefore(added.act()))
                .toList();
        List<Added> all = new ArrayList<>();
        registration.ifPresent(fact -> Details.of(fact, Registration.class).stream()
                .flatMap(details -> details.getRedirectUris().stream())
                .filter(address -> acts.stream()
                        .noneMatch(act -> imported.isBefore(act) && Facts.succeeded(act) && removes(act, address)))
                .forEach(address -> all.add(new Added(fact, RedirectAddress.of(address), false))));
        all.addAll(logged);
        return all;
    }

    /** The imported registration, where it was exported with its addresses. */
    private static Optional<AppEvent> exported(Imported imported) {
        return imported.facts().stream()
                .filter(fact -> Details.of(fact, Registration.class)
                        .filter(registration -> imported.details().redirects()
                                || !registration.getRedirectUris().isEmpty())
                        .isPresent())
                .findFirst();
    }

    private static boolean removes(AppEvent act, String address) {
        return Details.of(act, RedirectChange.class)
                .filter(change -> change.getRemoved().contains(address))
                .isPresent();
    }

    private static List<String> words(Added added, RedirectFlaws flaws) {
        RedirectAddress address = added.address();
        if (address.isCustom()) {
            return CLAIMED.matcher(address.scheme()).matches() ? List.of() : List.of(CUSTOM_SCHEME);
        }
        if (address.isOfDevice()) {
            return List.of();
        }
        Set<Flaw> found = flaws.of(added);
        return found.stream().map(Flaw::words).toList();
    }
}
