package io.rolecall.cli;

import io.rolecall.ops.Logging;
import io.rolecall.service.DetectorService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code run}: the service. */
@Command(
        name = "run",
        description = {
            "Runs the service against the Kafka of the configuration until it is told to stop (Ctrl-C, SIGTERM)."
        })
final class RunCommand implements Callable<Integer> {

    private final Rolecall root;

    RunCommand(Rolecall root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.ofService(root.console().errIsTerminal(), root.verbose());
        RunSettings settings = root.settings();
        settings.warn(root.console().err());
        try (DetectorService service = DetectorService.start(
                        settings.configuration(),
                        settings.policy(),
                        root.console().clock());
                StopRequest.Registration stop = root.stopRequest().onRequest(service::close)) {
            service.awaitEnd();
            return ExitCode.DONE;
        }
    }
}
