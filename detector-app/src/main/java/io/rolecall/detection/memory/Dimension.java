package io.rolecall.detection.memory;

import io.rolecall.event.Actors;
import io.rolecall.event.Hashes;
import io.rolecall.network.Neighbourhoods;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailboxUse;
import io.rolecall.schema.SignIn;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public Set<String> of(AppEvent event) {
        return values(event)
                .map(value -> value.length() > LONGEST ? "sha256:" + Hashes.sha256(value) : value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> values(AppEvent event) {
        Object details = event.getDetails().orElse(null);
        Optional<SignIn> signIn = details instanceof SignIn known ? Optional.of(known) : Optional.empty();
        return switch (this) {
            case COUNTRY ->
                signIn.flatMap(SignIn::getCountry).stream().map(country -> country.toUpperCase(Locale.ROOT));
            case NETWORK -> networks(event.getActor());
            case AUTONOMOUS_SYSTEM ->
                networks(event.getActor())
                        .limit(1)
                        .flatMap(shown -> signIn.stream())
                        .map(known ->
                                known.getAsn().map(number -> "AS" + number).orElse(NONE));
            case CREDENTIAL_TYPE -> lower(signIn.flatMap(SignIn::getCredentialType));
            case CREDENTIAL_KEY -> lower(signIn.flatMap(SignIn::getCredentialKeyId));
            case RESOURCE ->
                lower(signIn.flatMap(known -> known.getResourceAppId().or(known::getResourceName)));
            case MAILBOX -> lower(details instanceof MailboxUse use ? use.getMailbox() : Optional.empty());
            case APPLICATION -> event.getAppId().stream();
        };
    }

    private static Stream<String> networks(Actor actor) {
        return Actors.isOfTokenService(actor)
                ? Stream.empty()
                : Actors.addresses(actor).stream().flatMap(ip -> Neighbourhoods.of(ip).stream());
    }

    private static Stream<String> lower(Optional<String> value) {
        return value.stream().map(text -> text.toLowerCase(Locale.ROOT));
    }
}
