package io.rolecall.cli;

import io.rolecall.detection.Catalogue;
import io.rolecall.gather.Snapshot;
import io.rolecall.policy.Policy;
import io.rolecall.policy.PolicyFile;
import io.rolecall.replay.Decoding;
import io.rolecall.replay.Shard;
import io.rolecall.source.LogDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is replayed. */
final class ReplayRange {

    /** So that a day's difference between the clocks of brokers and sources loses nothing. */
    private static final Duration SLACK = Duration.ofDays(1);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "Tell alerts whose first event is at this time or later, RFC 3339.")
    private @Nullable PointInTime from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = Rfc3339.class,
            description = "Tell alerts whose first event is before this time, RFC 3339; 'now' is the present. Facts are"
                    + " read to the end of the logs whatever it is.")
    private @Nullable PointInTime to;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardConverter.class,
            description =
                    "Gather only this share of the partitions, for several machines; decide with --resume over the"
                            + " directories of all shares.")
    private Shard shard = Shard.WHOLE;

    /** Reads a share. */
    static final class ShardConverter implements CommandLine.ITypeConverter<Shard> {

        @Override
        public Shard convert(String text) {
            try {
                return Shard.parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    boolean isGiven() {
        return from != null || to != null;
    }

    Shard shard() {
        return shard;
    }

    /**
     * What a plan is to be made of.
     *
     * @param live whether what live says is gathered too; empty: when it may be read
     * @throws CommandLine.ParameterException when the range is missing or empty
     */
    Snapshot.Wanted wanted(RunSettings settings, Clock clock, Optional<Boolean> live) {
        PointInTime first = from;
        PointInTime last = to;
        if (first == null || last == null) {
            throw wrong("name the range with --from and --to, or gathered history with --resume");
        }
        Instant begin = first.resolve(clock);
        Instant end = last.resolve(clock);
        if (!begin.isBefore(end)) {
            throw wrong("--from " + begin + " must be before --to " + end);
        }
        if (!shard.isWhole() && last.instant() == null) {
            throw wrong("'now' is another time for each share of a plan: name the same --to for all");
        }
        return new Snapshot.Wanted(
                begin, end, begin.minus(warmUp(settings)), decoding(settings), shard, live, clock.instant());
    }

    /** How far before an act lies what it is judged by: the longest window, what comes late, and a day. */
    private static Duration warmUp(RunSettings settings) {
        Catalogue catalogue = settings.catalogue();
        Policy defaults = PolicyFile.defaults(catalogue.parameters());
        Duration chosen = catalogue.window(settings.policy());
        Duration usual = catalogue.window(defaults);
        return (chosen.compareTo(usual) > 0 ? chosen : usual)
                .plus(settings.config().lateness())
                .plus(SLACK);
    }

    /** How this program decodes with this configuration. */
    static Decoding decoding(RunSettings settings) {
        return Decoding.of(
                LogDecoder.VERSION,
                settings.config().tenantId(),
                settings.config().maxFuture(),
                settings.catalogue().operations());
    }

    CommandLine.ParameterException wrong(String message) {
        return WrongUsage.of(spec, message);
    }
}
