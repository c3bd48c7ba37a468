package io.rolecall.network;

import inet.ipaddr.IPAddress;
import io.rolecall.config.ConfigurationException;
import io.rolecall.config.Fields;
import io.rolecall.config.FileErrors;
import io.rolecall.config.Located;
import io.rolecall.config.LocatedReader;
import io.rolecall.config.Problems;
import io.rolecall.schema.OrgNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the organisation's networks: CSV with the header {@code cidr,label[,valid_from,valid_to]}, or a JSON array of objects
 * with the same names. Times are RFC 3339. Content decides which of the two it is, not the name of the file.
 */
public final class NetworksFile {

    private static final List<String> NAMES = List.of("cidr", "label", "valid_from", "valid_to");

    private final Problems problems;
    private final Map<String, Integer> lineByKey = new LinkedHashMap<>();
    private final List<OrgNetwork> networks = new ArrayList<>();

    private NetworksFile(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with everything that is wrong with it, also when it cannot be read
     */
    public static List<OrgNetwork> read(Path file) {
        try {
            return read(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name name of the file in messages
     * @throws ConfigurationException with everything that is wrong with it
     */
    public static List<OrgNetwork> read(String name, String text) {
        Problems problems = new Problems(name);
        NetworksFile reader = new NetworksFile(problems);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (content.stripLeading().startsWith("[") || content.stripLeading().startsWith("{")) {
            reader.json(content);
        } else {
            NetworksCsv.rows(content, NAMES, problems).forEach(reader::row);
        }
        problems.throwIfAny();
        return List.copyOf(reader.networks);
    }

    private void json(String content) {
        Optional<Located> root = LocatedReader.json(content, problems);
        if (root.isEmpty()) {
            return;
        }
        if (!(root.get() instanceof Located.Sequence)) {
            problems.error(root.get().line(), "", "must be an array of objects with cidr and label");
            return;
        }
        new Fields(new Located.Mapping(1, Map.of("networks", root.get())), "", problems).forEach("networks", fields -> {
            fields.known(NAMES);
            row(fields);
        });
    }

    private void row(Fields fields) {
        Optional<String> cidr = fields.required("cidr").flatMap(text -> range(fields, text));
        Optional<String> label = fields.required("label");
        Optional<Instant> from = time(fields, "valid_from");
        Optional<Instant> to = time(fields, "valid_to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            fields.error("valid_to", "'" + to.get() + "' must be after valid_from '" + from.get() + "'");
            return;
        }
        if (cidr.isPresent() && label.isPresent()) {
            add(fields, new OrgNetwork(cidr.get(), label.get(), from.orElse(null), to.orElse(null)));
        }
    }

    private void add(Fields fields, OrgNetwork network) {
        Integer first = lineByKey.putIfAbsent(PrefixAddressTable.key(network), fields.lineOf("cidr"));
        if (first != null) {
            fields.error(
                    "cidr",
                    "'" + network.getCidr() + "' with the same valid_from already stands in line " + first
                            + "; entries of one range must begin at different times");
            return;
        }
        networks.add(network);
    }

    private static Optional<String> range(Fields fields, String text) {
        Optional<IPAddress> address = Cidr.parse(text);
        if (address.isEmpty()) {
            fields.error(
                    "cidr",
                    "'" + text + "' is no address range; allowed: IPv4 or IPv6 in CIDR notation such as 203.0.113.0/24 "
                            + "or 2001:db8::/32, or a single address");
            return Optional.empty();
        }
        if (!Cidr.isBlock(address.get())) {
            fields.error(
                    "cidr",
                    "'" + text + "' has bits set beyond its prefix; did you mean '" + Cidr.text(address.get()) + "'?");
            return Optional.empty();
        }
        return address.map(Cidr::text);
    }

    private static Optional<Instant> time(Fields fields, String name) {
        return fields.get(name)
                .filter(value -> !(value instanceof Located.Scalar scalar)
                        || !scalar.text().isEmpty())
                .flatMap(value -> fields.text(name))
                .flatMap(text -> {
                    try {
                        return Optional.of(OffsetDateTime.parse(text).toInstant());
                    } catch (DateTimeParseException e) {
                        fields.error(
                                name, "'" + text + "' is no RFC 3339 time; allowed: for example 2026-11-01T00:00:00Z");
                        return Optional.empty();
                    }
                });
    }
}
