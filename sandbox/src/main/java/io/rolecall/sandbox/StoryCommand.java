package io.rolecall.sandbox;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import io.rolecall.sandbox.story.StoryWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the bundled story. */
@Command(
        name = "story",
        mixinStandardHelpOptions = true,
        description =
                "Writes the bundled story: raw logs of a month of a small tenant, its networks, and the alerts that must come.")
public final class StoryCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write to; created when missing.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(names = "--days", paramLabel = "N", description = "Length in days, 3 to 365 (default ${DEFAULT-VALUE}).")
    private int days = StoryOptions.defaults().days();

    @Option(
            names = "--noise-per-day",
            paramLabel = "N",
            description = "Background events a day (default ${DEFAULT-VALUE}).")
    private int noisePerDay = StoryOptions.defaults().noisePerDay();

    @Option(names = "--seed", paramLabel = "S", description = "Decides every id and time (default ${DEFAULT-VALUE}).")
    private long seed = StoryOptions.defaults().seed();

    @Option(
            names = "--all",
            description =
                    "Every detection fires at least once, beside a near miss; needs the policy.yaml that is written.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Story story = Story.generate(options());
        long records = StoryWriter.write(story, out);
        err.printf(
                "%d records and %d expected alerts written to %s%n",
                records, story.truth().size(), out);
        String policy = all ? " --policy " + out.resolve(StoryWriter.POLICY) : "";
        err.printf("Next: rolecall scan %s --networks %s%s%n", out, out.resolve("networks.csv"), policy);
        err.flush();
        return CommandLine.ExitCode.OK;
    }

    private StoryOptions options() {
        try {
            return StoryOptions.defaults()
                    .withDays(days)
                    .withNoisePerDay(noisePerDay)
                    .withSeed(seed)
                    .withAll(all);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
