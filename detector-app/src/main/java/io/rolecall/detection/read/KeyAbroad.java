package io.rolecall.detection.read;

import io.rolecall.detection.ApplicationHistory;
import io.rolecall.detection.memory.ActivitySource;
import io.rolecall.detection.memory.Dimension;
import io.rolecall.detection.memory.FirstUse;
import io.rolecall.detection.read.Keys.AddedKey;
import io.rolecall.event.Actors;
import io.rolecall.event.Details;
import io.rolecall.schema.ActorAddress;
import io.rolecall.schema.AppEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A credential whose first use was in another country than the person who added it was.
 *
 * @param key the credential
 * @param use the first successful sign-in with it
 * @param country where that was
 * @param adderIn countries of the sign-ins of the adder within an hour of the addition, either side; at least one
 */
public record KeyAbroad(AddedKey key, AppEvent use, String country, Set<String> adderIn) {

    private static final Duration AROUND = Duration.ofHours(1);

    /** Those first used at a time or later; where no sign-in of the adder shows a country, it is not known. */
    public static List<KeyAbroad> of(ApplicationHistory history, Instant from) {
        List<AddedKey> keys = Keys.added(history.acts());
        if (keys.isEmpty()) {
            return List.of();
        }
        List<KeyAbroad> abroad = new ArrayList<>();
        for (FirstUse use : history.memory()
                .firstUses(ActivitySource.SERVICE_PRINCIPAL_SIGN_INS, Dimension.CREDENTIAL_KEY)
                .uses()) {
            if (!use.at().isBefore(from)) {
                keys.stream()
                        .filter(key -> key.keyId().equals(use.value()) && Facts.mayPrecede(key.time(), use.at()))
                        .findFirst()
                        .flatMap(key -> of(history, key, use))
                        .ifPresent(abroad::add);
            }
        }
        return abroad;
    }

    private static Optional<KeyAbroad> of(ApplicationHistory history, AddedKey key, FirstUse use) {
        Set<String> adderIn = countries(history, key);
        return SignInSignals.act(history, use).flatMap(act -> Dimension.COUNTRY.of(act).stream()
                .findFirst()
                .filter(country -> !adderIn.isEmpty() && !adderIn.contains(country))
                .map(country -> new KeyAbroad(key, act, country, adderIn)));
    }

    private static Set<String> countries(ApplicationHistory history, AddedKey key) {
        Set<String> countries = new TreeSet<>();
        for (String actor : Actors.keys(key.act().getActor())) {
            for (AppEvent seen : history.actorAddresses(
                    actor, key.time().minus(AROUND), key.time().plus(AROUND))) {
                Details.of(seen, ActorAddress.class)
                        .filter(address -> address.getActorKey().equals(actor))
                        .flatMap(ActorAddress::getCountry)
                        .ifPresent(countries::add);
            }
        }
        return countries;
    }
}
