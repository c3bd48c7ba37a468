package io.rolecall.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rolecall.config.ConfigurationException;
import io.rolecall.schema.OrgNetwork;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignSerdesTest {

    /** A serde of a site's own: a network as text. */
    public static final class TextSerde implements Serde<OrgNetwork> {

        private String separator = "?";

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            assertThat(isKey).isFalse();
            assertThat(configs.get("specific.avro.reader")).isEqualTo("true");
            separator = String.valueOf(configs.get("separator"));
        }

        @Override
        public Serializer<OrgNetwork> serializer() {
            return (topic, value) -> (value.getCidr() + separator + value.getLabel()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Deserializer<OrgNetwork> deserializer() {
            return (topic, bytes) -> {
                String[] parts = new String(bytes, StandardCharsets.UTF_8).split(separator, 2);
                return OrgNetwork.newBuilder()
                        .setCidr(parts[0])
                        .setLabel(parts[1])
                        .build();
            };
        }
    }

    /** A serde that quotes its password when it is refused. */
    public static final class TalkativeSerde extends Serdes.WrapperSerde<String> {

        /** For {@code serde.class}. */
        public TalkativeSerde() {
            super(new StringSerializer(), new StringDeserializer());
        }

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            throw new ConfigException("basic.auth.user.info", configs.get("basic.auth.user.info"), "is wrong");
        }
    }

    @Test
    void a_serde_of_the_site_is_configured_for_values_and_used() {
        // Given
        Registry registry = Registry.open(Map.of("serde.class", TextSerde.class.getName(), "separator", ";"));
        OrgNetwork network =
                OrgNetwork.newBuilder().setCidr("::1/128").setLabel("self").build();

        // When
        byte[] bytes = registry.serde(OrgNetwork.class).serializer().serialize("org.networks", network);

        // Then
        assertThat(bytes).asString().isEqualTo("::1/128;self");
        assertThat(registry.serde(OrgNetwork.class).deserializer().deserialize("org.networks", bytes))
                .isEqualTo(network);
    }

    @Test
    void nothing_is_prepared_for_a_serde_of_the_site() {
        // Given
        Registry registry = Registry.open(Map.of("serde.class", TextSerde.class.getName()));

        // When
        Throwable thrown = catchThrowable(() -> registry.prepare(Map.of("org.networks", OrgNetwork.getClassSchema())));

        // Then
        assertThat(thrown).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "io.confluent.kafka.streams.serdes.avro.NoSuchSerde, on the class path",
        "java.lang.String, is no org.apache.kafka.common.serialization.Serde",
        "org.apache.kafka.common.serialization.Serdes$WrapperSerde, no public constructor",
    })
    void a_class_that_cannot_be_used_is_named(String name, String said) {
        // Given
        Map<String, String> properties = Map.of("serde.class", name);

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(properties));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry.serde.class")
                .hasMessageContaining(name)
                .hasMessageContaining(said);
    }

    @Test
    void a_serde_that_refuses_its_configuration_is_quoted_without_secrets() {
        // Given
        Map<String, String> properties =
                Map.of("serde.class", TalkativeSerde.class.getName(), "basic.auth.user.info", "me:s3cret");

        // When
        Throwable thrown = catchThrowable(() -> Registry.open(properties));

        // Then
        assertThat(thrown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("basic.auth.user.info")
                .hasMessageContaining("is wrong")
                .hasMessageNotContaining("s3cret");
    }
}
