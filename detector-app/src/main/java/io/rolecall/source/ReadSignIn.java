package io.rolecall.source;

import io.rolecall.event.Operations;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.SignIn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that one pass over its bytes has settled: the commonest event there is, of which most are wanted for nothing but where
 * somebody was. The normalised event is made of it only where one is asked for.
 */
public final class ReadSignIn {

    private final ReadEvent read;
    private final Part part;
    private final SignIn details;
    private final String position;

    private ReadSignIn(ReadEvent read, Part part, SignIn details, String position) {
        this.read = read;
        this.part = part;
        this.details = details;
        this.position = position;
    }

    /** The sign-in that was read; null when it is something else. */
    static @Nullable ReadSignIn of(ReadEvent read, String position) {
        if (!read.shape().operation().equals(Operations.SIGN_IN)
                || read.decoded().parts().size() != 1) {
            return null;
        }
        Part part = read.decoded().parts().get(0);
        return part.details() instanceof SignIn details ? new ReadSignIn(read, part, details, position) : null;
    }

    /** The normalised event; made anew by every call. */
    public AppEvent event() {
        return read.event(part, position);
    }

    public String eventId() {
        return read.id();
    }

    /** Log source, as the contract names it. */
    public String source() {
        return read.shape().source().label();
    }

    public Instant time() {
        return read.time();
    }

    public String tenantId() {
        return read.tenantId();
    }

    public String position() {
        return position;
    }

    public boolean succeeded() {
        return read.decoded().outcome().success();
    }

    public Actor actor() {
        return read.decoded().actor();
    }

    public SignIn details() {
        return details;
    }

    /** App ID, lower case, of the application that was signed in to or that signed in. */
    public Optional<String> appId() {
        return Optional.ofNullable(part.app().appId());
    }

    /** Whether it shows an application's object id, by which pairs are learned. */
    public boolean showsObjectId() {
        return part.app().servicePrincipalId() != null || part.app().objectId() != null;
    }
}
