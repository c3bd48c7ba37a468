package io.rolecall.acts;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolecall.acts.DirectoryAct.Listed;
import io.rolecall.acts.DirectoryAct.Moment;
import io.rolecall.acts.DirectoryAct.None;
import io.rolecall.acts.DirectoryAct.Property;
import io.rolecall.acts.DirectoryAct.Text;
import java.time.Instant;

/** Changed properties of directory acts. */
public final class Properties {

    static final String PRINCIPAL_NAMES = "TargetId.ServicePrincipalNames";

    private Properties() {}

    /** Text that was not there before. */
    public static Property text(String name, String value) {
        return new Property(name, new None(), new Text(value));
    }

    /** Text that is no longer there. */
    static Property gone(String name, String value) {
        return new Property(name, new Text(value), new None());
    }

    /** Text instead of other text. */
    static Property replaced(String name, String before, String after) {
        return new Property(name, new Text(before), new Text(after));
    }

    /** A property that the log names without a value. */
    static Property empty(String name) {
        return new Property(name, new None(), new None());
    }

    static Property moment(String name, Instant time) {
        return new Property(name, new None(), new Moment(time));
    }

    /** A list that was empty before. */
    public static Property listed(String name, JsonNode value) {
        return changed(name, Json.array(), value);
    }

    static Property changed(String name, JsonNode before, JsonNode after) {
        return new Property(name, new Listed(before), new Listed(after));
    }

    /** The line that ends the changed properties of an object: their names. */
    public static Property included(String names) {
        return text("Included Updated Properties", names);
    }

    static Property principalNames(String names) {
        return text(PRINCIPAL_NAMES, names);
    }
}
