package io.rolecall.inprocess;

import io.rolecall.state.NativeLibraries;
import io.rolecall.state.SharedRocksDbMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** Entries of one store on disk, for the length of one run: without a log of its own, because nothing is recovered from it. */
final class SpilledEntries implements AutoCloseable {

    private final BloomFilter filter;
    private final Options options;
    private final WriteOptions writing;
    private final RocksDB database;

    /**
     * Opens an empty one.
     *
     * @throws UncheckedIOException when the directory cannot be written to
     */
    SpilledEntries(String name, Path directory) {
        NativeLibraries.loadRocksDb();
        RocksDB.loadLibrary();
        filter = new BloomFilter();
        options = new Options().setCreateIfMissing(true).setAvoidFlushDuringShutdown(true);
        writing = new WriteOptions().setDisableWAL(true);
        options.setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(filter));
        new SharedRocksDbMemory().setConfig(name, options, Map.of());
        try {
            Files.createDirectories(directory);
            database = RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte @Nullable [] get(Bytes key) {
        try {
            return database.get(key.get());
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Writes an entry; null deletes it. */
    void put(Bytes key, byte @Nullable [] value) {
        try {
            if (value == null) {
                database.delete(writing, key.get());
            } else {
                database.put(writing, key.get(), value);
            }
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /**
     * Entries in the order of their keys.
     *
     * @param from smallest key; null for no bound
     * @param to largest key, inclusive; null for no bound
     * @param reverse whether the largest key comes first
     */
    KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to, boolean reverse) {
        return new Range(database.newIterator(), from, to, reverse);
    }

    @Override
    public void close() {
        database.close();
        writing.close();
        options.close();
        filter.close();
    }

    private static UncheckedIOException failed(RocksDBException cause) {
        return new UncheckedIOException(
                new IOException("Temporary state on disk failed: " + cause.getMessage(), cause));
    }

    private static final class Range implements KeyValueIterator<Bytes, byte[]> {

        private final RocksIterator entries;
        private final @Nullable Bytes end;
        private final boolean reverse;

        Range(RocksIterator entries, @Nullable Bytes from, @Nullable Bytes to, boolean reverse) {
            this.entries = entries;
            this.end = reverse ? from : to;
            this.reverse = reverse;
            Bytes start = reverse ? to : from;
            if (start == null) {
                if (reverse) {
                    entries.seekToLast();
                } else {
                    entries.seekToFirst();
                }
            } else if (reverse) {
                entries.seekForPrev(start.get());
            } else {
                entries.seek(start.get());
            }
        }

        @Override
        public boolean hasNext() {
            return entries.isValid()
                    && (end == null || Bytes.wrap(entries.key()).compareTo(end) * (reverse ? -1 : 1) <= 0);
        }

        @Override
        public Bytes peekNextKey() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Bytes.wrap(entries.key());
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = new KeyValue<>(peekNextKey(), entries.value());
            if (reverse) {
                entries.prev();
            } else {
                entries.next();
            }
            return entry;
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
