package io.rolecall.sandbox.story;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** One file of raw logs: wraps its records in their envelope. Nothing is kept but the batch at hand. */
final class EnvelopeFile implements Closeable {

    private static final int BATCH = 40;

    private final Envelope envelope;
    private final Writer out;
    private final List<String> batch = new ArrayList<>();
    private final CsvExports csv = new CsvExports();
    private boolean begun;

    EnvelopeFile(Path directory, Envelope envelope) throws IOException {
        this.envelope = envelope;
        OutputStream stream = Files.newOutputStream(directory.resolve(envelope.fileName()));
        OutputStream content = envelope.fileName().endsWith(".gz") ? new GZIPOutputStream(stream, 1 << 16) : stream;
        this.out = new BufferedWriter(new OutputStreamWriter(content, StandardCharsets.UTF_8), 1 << 16);
    }

    void write(String json) throws IOException {
        switch (envelope) {
            case ENTRA_AUDIT_LOG_ANALYTICS -> row(CsvExports.LOG_ANALYTICS_HEADER, csv.logAnalytics(json));
            case M365_SEARCH_EXPORT -> row(CsvExports.SEARCH_HEADER, csv.searchExport(json));
            case ENTRA_AUDIT_RECORDS, SIGN_IN_RECORDS, ENTRA_AUDIT_GRAPH_PAGE, M365_BLOB, AZURE_REST -> {
                batch.add(json);
                if (batch.size() == BATCH) {
                    flush();
                }
            }
            case ENTRA_AUDIT_DIAGNOSTIC, M365_RECORD, SIGN_IN_DIAGNOSTIC, AZURE_RECORDS -> line(json);
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        String list = "[" + String.join(",", batch) + "]";
        batch.clear();
        switch (envelope) {
            case M365_BLOB -> line(list);
            case ENTRA_AUDIT_GRAPH_PAGE ->
                line("{\"@odata.context\":\"https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits\","
                        + "\"value\":" + list + "}");
            case AZURE_REST -> line("{\"value\":" + list + "}");
            default -> line("{\"records\":" + list + "}");
        }
    }

    private void row(String header, String row) throws IOException {
        if (!begun) {
            line(header);
            begun = true;
        }
        line(row);
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }
}
