package io.rolecall.detection.memory;

import io.rolecall.event.Actors;
import io.rolecall.event.Hashes;
import io.rolecall.network.Neighbourhoods;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is remembered of an event so that another one can be told to be the first of its kind. */
public enum Dimension {
    /** Country of a sign-in: two letters, upper case. */
    COUNTRY('c'),
    /** The /24 or /48 of each address of an event; none of the token service and of Entra ID's front-ends. */
    NETWORK('n'),
    /**
     * {@code AS} and the number of the autonomous system of a sign-in; {@value #NONE} where the log gives none. As for {@link #NETWORK},
     * nothing of a sign-in without an address that tells where it came from.
     */
    AUTONOMOUS_SYSTEM('s'),
    /** Credential type of a sign-in as logged, lower case. */
    CREDENTIAL_TYPE('t'),
    /** Key id of the credential of a sign-in, lower case. */
    CREDENTIAL_KEY('k'),
    /** App ID of the resource of a sign-in, else its name in lower case. */
    RESOURCE('r'),
    /** Owner of the mailbox that was used, lower case. */
    MAILBOX('m'),
    /** App ID of the application that an actor signed in to or used. */
    APPLICATION('a');

    /** Says that a sign-in was without an autonomous system: numbers decide only where every sign-in compared has one. */
    public static final String NONE = "-";

    /** A longer value is remembered by its hash. */
    private static final int LONGEST = 256;

    private final char code;

    Dimension(char code) {
        this.code = code;
    }

    /** How it is written in keys of stores; never changes. */
    public char code() {
        return code;
    }

    /** The values of an event, ordered; mostly one, none when the log does not tell. */
    public SortedSet<String> of(AppEvent event) {
        SortedSet<String> values = new TreeSet<>();
        addTo(values, event);
        return values;
    }

    private void addTo(Collection<String> values, AppEvent event) {
        Object details = event.getDetails().orElse(null);
        SignIn signIn = details instanceof SignIn known ? known : null;
        switch (this) {
            case COUNTRY -> {
                if (signIn != null) {
                    signIn.getCountry().ifPresent(country -> add(values, country.toUpperCase(Locale.ROOT)));
                }
            }
            case NETWORK -> addNetworks(values, event.getActor());
            case AUTONOMOUS_SYSTEM -> {
                if (signIn != null && isFromANetwork(event.getActor())) {
                    values.add(signIn.getAsn().map(number -> "AS" + number).orElse(NONE));
                }
            }
            case CREDENTIAL_TYPE -> addLower(values, signIn == null ? Optional.empty() : signIn.getCredentialType());
            case CREDENTIAL_KEY -> addLower(values, signIn == null ? Optional.empty() : signIn.getCredentialKeyId());
            case RESOURCE ->
                addLower(
                        values,
                        signIn == null
                                ? Optional.empty()
                                : signIn.getResourceAppId().or(signIn::getResourceName));
            case MAILBOX -> addLower(values, details instanceof MailboxUse use ? use.getMailbox() : Optional.empty());
            case APPLICATION -> event.getAppId().ifPresent(id -> add(values, id));
        }
    }

    private static void addNetworks(Collection<String> values, Actor actor) {
        if (!Actors.isOfTokenService(actor)) {
            for (String ip : Actors.addresses(actor)) {
                Neighbourhoods.of(ip).ifPresent(values::add);
            }
        }
    }

    private static boolean isFromANetwork(Actor actor) {
        return !Actors.isOfTokenService(actor)
                && Actors.addresses(actor).stream()
                        .anyMatch(ip -> Neighbourhoods.of(ip).isPresent());
    }

    private static void addLower(Collection<String> values, Optional<String> value) {
        value.ifPresent(text -> add(values, text.toLowerCase(Locale.ROOT)));
    }

    private static void add(Collection<String> values, String value) {
        values.add(value.length() > LONGEST ? "sha256:" + Hashes.sha256(value) : value);
    }
}
