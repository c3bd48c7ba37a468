package io.rolecall.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;

class HeapFirstStoreTest {

    /** Room for a few entries, so that most runs have entries in both layers. */
    private static final int FEW_BYTES = 700;

    @Property(tries = 60)
    void a_store_that_spills_holds_what_a_sorted_map_holds(
            @ForAll @Size(max = 120) List<@IntRange(max = 399) Integer> writes,
            @ForAll @IntRange(max = 19) int from,
            @ForAll @IntRange(max = 19) int to)
            throws IOException {
        // Given
        Path directory = Files.createTempDirectory("heap-first-");
        HeapFirstStore store = new HeapFirstStore("entries", FEW_BYTES);
        store.init(contextIn(directory.toFile()), store);
        TreeMap<Bytes, byte[]> model = new TreeMap<>();

        // When
        for (int write : writes) {
            Bytes key = key(write % 20);
            if (write % 3 == 0) {
                store.delete(key);
                model.remove(key);
            } else {
                store.put(key, bytes("value " + write));
                model.put(key, bytes("value " + write));
            }
        }

        // Then
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(store.get(key(i))).isEqualTo(model.get(key(i)));
            }
            assertThat(read(store.all())).isEqualTo(shown(model));
            assertThat(read(store.reverseAll())).isEqualTo(shown(model.descendingMap()));
            Map<Bytes, byte[]> part = model.subMap(key(Math.min(from, to)), true, key(Math.max(from, to)), true);
            assertThat(read(store.range(key(Math.min(from, to)), key(Math.max(from, to)))))
                    .isEqualTo(shown(part));
            assertThat(read(store.reverseRange(key(Math.min(from, to)), key(Math.max(from, to)))))
                    .isEqualTo(shown(new TreeMap<>(part).descendingMap()));
        } finally {
            store.close();
            delete(directory);
        }
    }

    private static StateStoreContext contextIn(File directory) {
        return (StateStoreContext) Proxy.newProxyInstance(
                HeapFirstStoreTest.class.getClassLoader(),
                new Class<?>[] {StateStoreContext.class},
                (proxy, method, arguments) -> method.getName().equals("stateDir") ? directory : null);
    }

    private static Bytes key(int number) {
        return Bytes.wrap(bytes(String.format("key %02d", number)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> read(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> read = new ArrayList<>();
        try (entries) {
            while (entries.hasNext()) {
                Bytes peeked = entries.peekNextKey();
                KeyValue<Bytes, byte[]> entry = entries.next();
                assertThat(entry.key).isEqualTo(peeked);
                read.add(line(entry.key, entry.value));
            }
        }
        return read;
    }

    private static List<String> shown(Map<Bytes, byte[]> entries) {
        return entries.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(Bytes key, byte[] value) {
        return new String(key.get(), StandardCharsets.UTF_8) + "=" + new String(value, StandardCharsets.UTF_8);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
