package io.rolecall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** An option that stands on a command that does not use it, while others do. */
final class ForeignOption {

    private ForeignOption() {}

    /** Says of wrong usage which commands use the option; empty when no command knows it, or something else is wrong. */
    static Optional<String> message(ParameterException error) {
        if (!(error instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String option = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        CommandSpec command = unmatched.getCommandLine().getCommandSpec();
        if (!option.startsWith("-")) {
            return Optional.empty();
        }
        if (command.userObject() instanceof RunCommand && option.equals("--networks")) {
            return Optional.of(
                    "the service reads its networks from their topic: 'rolecall networks import FILE' writes them there");
        }
        List<String> users = new ArrayList<>();
        collect(command.root().commandLine(), option, users);
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of("'" + command.qualifiedName() + "' does not use " + option
                        + "; it stands behind a command that does: " + String.join(", ", users));
    }

    private static void collect(CommandLine line, String option, List<String> users) {
        for (CommandLine sub : line.getSubcommands().values()) {
            CommandSpec spec = sub.getCommandSpec();
            if (spec.findOption(option) != null) {
                users.add(spec.qualifiedName().substring(spec.root().name().length() + 1));
            }
            collect(sub, option, users);
        }
    }
}
