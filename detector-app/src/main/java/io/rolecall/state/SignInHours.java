package io.rolecall.state;

import io.rolecall.event.Actors;
import io.rolecall.event.SignIns;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import io.rolecall.schema.state.SignInHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sign-ins by hour: per user, address, country, credential, its type, resource and kind of sign-in. Those of applications themselves
 * stand apart from those of users, which may be a thousand times as many; and there, successes apart from failures, so that the
 * first event of a roll-up of successes is one.
 */
final class SignInHours implements RollUpKind<SignInHour> {

    /** Sign-ins of users to an application. */
    static final SignInHours OF_USERS = new SignInHours('s', false);

    /** Sign-ins of the application itself. */
    static final SignInHours OWN = new SignInHours('t', true);

    private static final AvroSerde<SignInHour> HOURS = AvroSerde.stored(SignInHour.class);
    private static final String SUCCESS = "s";
    private static final String INTERRUPTED = "i";
    private static final String FAILURE = "f";
    private static final String UNKNOWN = "unknown";

    private final char code;
    private final boolean own;

    private SignInHours(char code, boolean own) {
        this.code = code;
        this.own = own;
    }

    /** Whether a sign-in is the application's own, and no user's to it. */
    static boolean isOwn(AppEvent event) {
        return SignIns.isOfApplication(details(event));
    }

    @Override
    public char code() {
        return code;
    }

    @Override
    public Duration span() {
        return Duration.ofHours(1);
    }

    @Override
    public List<Optional<String>> group(AppEvent event) {
        SignIn signIn = details(event);
        List<Optional<String>> group = new ArrayList<>(List.of(
                user(event),
                event.getActor().getIp(),
                signIn.getCountry(),
                signIn.getCredentialKeyId(),
                signIn.getCredentialType(),
                resource(signIn),
                Optional.of(signIn.getKind())));
        if (own) {
            group.add(signIn.getCredentialId());
            group.add(Optional.of(event.getOutcome()));
        }
        return group;
    }

    @Override
    public String countedAs(AppEvent event) {
        if (event.getOutcome().equals("success")) {
            return SUCCESS;
        }
        return SignIns.interrupted(event)
                ? INTERRUPTED
                : FAILURE + details(event).getErrorCode().map(String::valueOf).orElse(UNKNOWN);
    }

    @Override
    public SignInHour open(AppEvent first) {
        SignIn signIn = details(first);
        return SignInHour.newBuilder()
                .setHour(start(first.getEventTime()))
                .setFirst(first.getEventTime())
                .setLast(first.getEventTime())
                .setUserKey(user(first).orElse(null))
                .setIp(first.getActor().getIp().orElse(null))
                .setCountry(signIn.getCountry().orElse(null))
                .setCredentialKeyId(signIn.getCredentialKeyId().orElse(null))
                .setCredentialType(signIn.getCredentialType().orElse(null))
                .setResource(resource(signIn).orElse(null))
                .setKind(signIn.getKind())
                .setFirstEvent(first)
                .build();
    }

    @Override
    public void see(SignInHour hour, AppEvent copy) {
        if (FIRST.compare(copy, hour.getFirstEvent().orElseThrow()) < 0) {
            hour.setFirstEvent(copy);
            hour.setFirst(copy.getEventTime());
        }
        hour.setLast(EventDays.later(hour.getLast(), copy.getEventTime()));
    }

    @Override
    public void count(SignInHour hour, String as, int oneMoreOrLess) {
        if (as.equals(SUCCESS)) {
            hour.setSuccesses(hour.getSuccesses() + oneMoreOrLess);
        } else if (as.equals(INTERRUPTED)) {
            hour.setInterrupted(hour.getInterrupted() + oneMoreOrLess);
        } else {
            Map<String, Long> failures = new TreeMap<>(hour.getFailures());
            failures.merge(as.substring(FAILURE.length()), (long) oneMoreOrLess, Long::sum);
            failures.values().removeIf(count -> count == 0);
            hour.setFailures(failures);
        }
    }

    @Override
    public boolean isCounted(SignInHour hour) {
        return hour.getSuccesses() > 0
                || hour.getInterrupted() > 0
                || !hour.getFailures().isEmpty();
    }

    @Override
    public byte[] toBytes(SignInHour hour) {
        return HOURS.toBytes(SignInHour.newBuilder()
                .setHour(Instant.EPOCH)
                .setFirst(Instant.EPOCH)
                .setLast(hour.getLast())
                .setKind("")
                .setSuccesses(hour.getSuccesses())
                .setFailures(new TreeMap<>(hour.getFailures()))
                .setInterrupted(hour.getInterrupted())
                .setFirstEvent(hour.getFirstEvent().orElseThrow())
                .build());
    }

    @Override
    public SignInHour fromBytes(byte[] bytes) {
        SignInHour stored = HOURS.fromBytes(bytes);
        SignInHour hour = open(stored.getFirstEvent().orElseThrow());
        hour.setLast(stored.getLast());
        hour.setSuccesses(stored.getSuccesses());
        hour.setFailures(stored.getFailures());
        hour.setInterrupted(stored.getInterrupted());
        return hour;
    }

    private static SignIn details(AppEvent event) {
        return (SignIn) event.getDetails().orElseThrow();
    }

    private static Optional<String> user(AppEvent event) {
        return event.getActor().getType().equals("user") ? Actors.key(event.getActor()) : Optional.empty();
    }

    private static Optional<String> resource(SignIn signIn) {
        return signIn.getResourceAppId().or(signIn::getResourceName);
    }
}
