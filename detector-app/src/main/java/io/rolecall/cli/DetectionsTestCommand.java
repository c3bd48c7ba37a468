package io.rolecall.cli;

import io.rolecall.scenario.Scenario;
import io.rolecall.scenario.ScenarioFile;
import io.rolecall.scenario.ScenarioRunner;
import io.rolecall.scenario.ShippedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code detections test}: runs scenario files. */
@Command(
        name = "test",
        description = {
            "Runs scenario files: events and the alerts that must come of them, in every delivery they name. Without a file, those"
                    + " shipped with the detections. Ends with code 1 when a case fails."
        })
final class DetectionsTestCommand implements Callable<Integer> {

    private static final double NANOS = 1e9;

    private final Rolecall root;

    /** A case and how it went. */
    private record Done(Scenario scenario, Scenario.Case one, ScenarioRunner.Result result, double seconds) {}

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Scenario files (YAML) or folders of them.")
    private List<Path> files = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML, too.")
    private @Nullable Path junit;

    @Mixin
    private ConfigOption config = new ConfigOption();

    DetectionsTestCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        List<Scenario> scenarios = files.isEmpty() ? ShippedScenarios.all(root.catalogue()) : read();
        ScenarioRunner runner = new ScenarioRunner(config.settings(root).config(), root.catalogue());
        JunitReport report = new JunitReport();
        PrintWriter out = root.console().out();
        int failed = 0;
        int total = 0;
        // Cases have nothing in common: all processors work, and the results are told in the order of the files.
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Supplier<Done> awaited : started(scenarios, runner, workers)) {
                Done done = awaited.get();
                report.add(done.scenario(), done.result(), done.seconds());
                total++;
                failed += done.result().ok() ? 0 : 1;
                print(out, done);
            }
        } finally {
            workers.shutdownNow();
        }
        out.println(total + " cases, " + failed + " failed");
        Path file = junit;
        if (file != null) {
            report.write(file);
        }
        return failed == 0 ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static List<Supplier<Done>> started(
            List<Scenario> scenarios, ScenarioRunner runner, ExecutorService workers) {
        List<Supplier<Done>> started = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Scenario.Case one : scenario.cases()) {
                started.add(CompletableFuture.supplyAsync(() -> run(runner, scenario, one), workers)::join);
            }
        }
        return started;
    }

    private static Done run(ScenarioRunner runner, Scenario scenario, Scenario.Case one) {
        long start = System.nanoTime();
        ScenarioRunner.Result result = runner.run(scenario.detection(), one);
        return new Done(scenario, one, result, (System.nanoTime() - start) / NANOS);
    }

    private static void print(PrintWriter out, Done done) {
        ScenarioRunner.Result result = done.result();
        out.println((result.ok() ? "ok      " : "FAILED  ") + done.scenario().detection() + ": " + result.name() + " ("
                + result.runs() + (result.runs() == 1 ? " delivery)" : " deliveries)"));
        if (!result.ok()) {
            out.println("  " + done.scenario().file() + ":" + done.one().line());
            result.failures().forEach(failure -> out.println("  " + failure));
        }
        out.flush();
    }

    private List<Scenario> read() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> found = Files.walk(file)) {
                    found.filter(path -> path.toString().endsWith(".yaml")
                                    || path.toString().endsWith(".yml"))
                            .sorted()
                            .map(path -> ScenarioFile.read(path, root.catalogue()))
                            .forEach(scenarios::add);
                }
            } else {
                scenarios.add(ScenarioFile.read(file, root.catalogue()));
            }
        }
        return scenarios;
    }
}
