package io.rolecall.event;

import io.rolecall.schema.Activity;
import java.util.Locale;
import java.util.Optional;

/** What an act in Azure was done to: a resource, or what lies inside it, such as a secret in a vault. Names are equal whatever their case. */
public final class AzureObjects {

    private AzureObjects() {}

    /** The first eight bytes of SHA-256 of it; empty when the log does not tell. */
    public static Optional<Long> hash(Activity activity) {
        return activity.getResource()
                .map(resource ->
                        resource + activity.getObject().map(name -> "\n" + name).orElse(""))
                .or(activity::getObject)
                .map(object -> Hashes.number(Hashes.sha256(object.toLowerCase(Locale.ROOT))));
    }
}
