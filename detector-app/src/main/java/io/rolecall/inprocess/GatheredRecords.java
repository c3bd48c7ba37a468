package io.rolecall.inprocess;

import io.rolecall.replay.GatheredElement;
import io.rolecall.replay.KeptForms;
import io.rolecall.schema.AppEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Carries gathered elements, decoded as they are, through the topic of raw logs. */
final class GatheredRecords {

    private static final String MARK = "rolecall.gathered";

    private GatheredRecords() {}

    static Headers headers() {
        return new RecordHeaders().add(MARK, new byte[0]);
    }

    static byte[] value(List<GatheredElement> elements) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(elements.size());
            for (GatheredElement element : elements) {
                out.writeInt(element.events().length);
                out.write(element.events());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** The elements of a record; empty for one that holds none. */
    static Optional<List<List<AppEvent>>> elements(byte[] value, Headers headers) {
        if (headers.lastHeader(MARK) == null) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int size = in.readInt();
            List<List<AppEvent>> elements = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                elements.add(KeptForms.events(in.readNBytes(in.readInt())));
            }
            return Optional.of(elements);
        } catch (IOException e) {
            throw new UncheckedIOException("Gathered elements are read as they were written", e);
        }
    }
}
