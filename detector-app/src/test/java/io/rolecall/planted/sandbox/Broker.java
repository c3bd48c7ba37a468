package io.rolecall.planted.sandbox;

/** What the product must not know. */
public final class Broker {

    private Broker() {}

    /** Its name. */
    public static String name() {
        return "broker".strip();
    }
}
