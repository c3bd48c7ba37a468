package io.rolecall.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.Collection;

/** Writes networks so that {@link NetworksFile} reads them back. */
public final class NetworksWriter {

    private NetworksWriter() {}

    /** As CSV with a header. */
    public static String csv(Collection<OrgNetwork> networks) {
        CsvSchema schema = CsvSchema.builder()
                .addColumn("cidr")
                .addColumn("label")
                .addColumn("valid_from")
                .addColumn("valid_to")
                .setUseHeader(true)
                .build();
        try {
            // An empty list would lose the header.
            return networks.isEmpty()
                    ? "cidr,label,valid_from,valid_to\n"
                    : new CsvMapper().writer(schema).writeValueAsString(rows(networks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written", e);
        }
    }

    /** As a JSON array of objects. */
    public static String json(Collection<OrgNetwork> networks) {
        return rows(networks).toPrettyString();
    }

    private static ArrayNode rows(Collection<OrgNetwork> networks) {
        ArrayNode rows = new ObjectMapper().createArrayNode();
        for (OrgNetwork network : networks) {
            ObjectNode row = rows.addObject();
            row.put("cidr", network.getCidr());
            row.put("label", network.getLabel());
            network.getValidFrom().map(Instant::toString).ifPresent(from -> row.put("valid_from", from));
            network.getValidTo().map(Instant::toString).ifPresent(to -> row.put("valid_to", to));
        }
        return rows;
    }
}
