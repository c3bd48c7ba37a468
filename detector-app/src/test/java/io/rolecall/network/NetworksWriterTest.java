package io.rolecall.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.OrgNetwork;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NetworksWriterTest {

    @Property(tries = 200)
    void what_is_written_reads_back_the_same(@ForAll("networks") List<OrgNetwork> networks) {
        // Given networks with any label

        // When
        String csv = NetworksWriter.csv(networks);
        String json = NetworksWriter.json(networks);

        // Then
        if (!networks.isEmpty()) {
            assertThat(NetworksFile.read("csv", csv)).isEqualTo(networks);
        }
        assertThat(NetworksFile.read("json", json)).isEqualTo(networks);
    }

    @Provide
    Arbitrary<List<OrgNetwork>> networks() {
        Arbitrary<String> labels = Arbitraries.strings()
                .withChars("ab ,;\"'|é\n")
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(label -> !label.isBlank() && label.equals(label.strip()));
        Arbitrary<Instant> times =
                Arbitraries.integers().between(0, 2_000_000).map(minutes -> Instant.EPOCH.plusSeconds(60L * minutes));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        labels,
                        times.injectNull(0.5),
                        Arbitraries.of(true, false))
                .as((octet, label, from, open) -> new OrgNetwork(
                        "10." + octet + ".0.0/16",
                        label,
                        from,
                        open ? null : (from == null ? Instant.EPOCH : from).plusSeconds(1)))
                .list()
                .uniqueElements(OrgNetwork::getCidr)
                .ofMaxSize(5);
    }
}
