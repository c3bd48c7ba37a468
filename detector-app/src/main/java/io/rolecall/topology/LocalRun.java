package io.rolecall.topology;

import io.rolecall.source.DecodedElements;
import io.rolecall.source.split.Chunk;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/** What a run over files brings along: stores that end with it, and the places of the elements that a record holds. */
public interface LocalRun {

    /**
     * A store for one run; it needs no changelog.
     *
     * @param name name of the store
     */
    KeyValueBytesStoreSupplier store(String name);

    /**
     * The chunk of a file that a record is; empty for a record that is none.
     *
     * @param value the record's value
     * @param headers the record's headers
     */
    Optional<Chunk> chunk(byte[] value, Headers headers);

    /** The elements of the record that is being fed, where they are decoded already; empty for a record that is to be decoded. */
    default Optional<DecodedElements> decoded() {
        return Optional.empty();
    }

    /** The topics of the run, of which one is fed. */
    Sources sources();
}
