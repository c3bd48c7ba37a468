package io.rolecall.sandbox.story;

/** One scene of the script: what happens, and what must come of it. */
interface Scene {

    /** Kebab case; named in the truth. */
    String name();

    void play(Stage stage);
}
