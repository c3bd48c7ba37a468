package io.rolecall.sandbox.story;

import java.util.function.Consumer;

/** A scene that is one method. */
record NamedScene(String name, Consumer<Stage> script) implements Scene {

    @Override
    public void play(Stage stage) {
        script.accept(stage);
    }
}
