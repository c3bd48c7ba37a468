package io.rolecall.sandbox;

import io.rolecall.cli.CommandProvider;
import java.util.List;

/** The commands of this module. */
public final class SandboxCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new DemoCommand(), new StoryCommand());
    }
}
