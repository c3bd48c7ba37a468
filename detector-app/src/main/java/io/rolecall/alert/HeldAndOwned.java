package io.rolecall.alert;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.event.Details;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.Credential;
import io.rolecall.schema.CredentialChange;
import io.rolecall.schema.OwnerChange;
import io.rolecall.schema.state.SignInHour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Credentials and owners: of the application of a finding, or those that the person of a finding gave to applications. */
final class HeldAndOwned {

    private final Surroundings around;

    HeldAndOwned(Surroundings around) {
        this.around = around;
    }

    /**
     * Credentials added and removed, by time, and then those with which the application signed in.
     *
     * @param used the first sign-in with each key, by key id
     */
    List<String> credentials(Map<String, SignInHour> used) {
        List<String> lines = new ArrayList<>();
        Map<String, String> known = new TreeMap<>();
        for (AppEvent act : around.acts()) {
            Details.of(act, CredentialChange.class).ifPresent(change -> {
                change.getAdded().forEach(credential -> {
                    lines.add(line(credential, "added", act));
                    known.put(credential.getKeyId().toLowerCase(Locale.ROOT), GrantSentences.described(credential));
                });
                change.getRemoved().forEach(credential -> lines.add(line(credential, "removed", act)));
            });
        }
        used.forEach((key, hour) -> lines.add(Optional.ofNullable(known.get(key))
                        .orElse("credential " + key + ", not seen added,")
                + " used to sign in"
                + SignInReport.place(hour).map(place -> " from " + place).orElse("") + " at "
                + Micros.text(hour.getFirst())));
        return lines;
    }

    private String line(Credential credential, String what, AppEvent act) {
        String by = DisplayNames.plainActor(act.getActor())
                .map(name -> " by " + name)
                .orElse("");
        return GrantSentences.described(credential) + ofWhich(act) + " " + what + by + " at "
                + Micros.text(act.getEventTime());
    }

    /** Owners added and not removed again, of the registration and of the service principal each. */
    List<String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (AppEvent act : around.acts()) {
            if (act.getDetails().orElse(null) instanceof OwnerChange change) {
                String owner = DisplayNames.firstOf(change.getOwnerId(), change.getOwnerName())
                        .orElse("");
                String of = act.getOperation().contains("service-principal") ? "service principal" : "registration";
                String key = String.join("\n", owner, of, isOfApplication() ? "" : DisplayNames.application(act));
                if (act.getOperation().startsWith("remove-")) {
                    owners.remove(key);
                } else if (!owner.isEmpty()) {
                    owners.put(
                            key,
                            DisplayNames.firstOf(change.getOwnerName(), change.getOwnerId())
                                            .orElse(owner)
                                    + ofWhich(act));
                }
            }
        }
        return owners.values().stream().sorted().distinct().toList();
    }

    /** A person's acts are about many applications. */
    private String ofWhich(AppEvent act) {
        return isOfApplication() ? "" : " of " + DisplayNames.application(act);
    }

    private boolean isOfApplication() {
        return around.history() instanceof ApplicationHistory;
    }
}
