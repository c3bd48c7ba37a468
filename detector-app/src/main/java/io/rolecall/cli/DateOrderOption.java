package io.rolecall.cli;

import io.rolecall.source.split.DateOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --date-order}, of every command that reads logs out of files. */
final class DateOrderOption {

    @Option(
            names = "--date-order",
            paramLabel = "ORDER",
            converter = Labels.DateOrderConverter.class,
            description =
                    "How dates like 05/06/2026 are read: month-first or day-first. Default: as the other rows of the file"
                            + " tell, month-first where none does.")
    private @Nullable DateOrder order;

    /** The order asked for; null where each file tells its own. */
    @Nullable
    DateOrder order() {
        return order;
    }
}
