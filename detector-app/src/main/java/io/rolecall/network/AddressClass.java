package io.rolecall.network;

import java.util.Locale;

/** To whom an address belongs, as of event time. */
public enum AddressClass {
    /** In a network of the organisation valid at that time. */
    ORGANIZATION,
    /** A public address of nobody we know. */
    EXTERNAL,
    /** A front-end of Entra ID itself, which stands for whoever used it. */
    MICROSOFT_SERVICE,
    /** No address, one that cannot be parsed, an unlisted private one, or no networks loaded. */
    UNKNOWN;

    /** The name in alerts: {@code organization}, {@code external}, {@code microsoft-service} or {@code unknown}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
