package io.rolecall.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.rolecall.audit.ApplicationReader.Read;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a running service hands on what it knows, a slice at a time: facts, which whoever asks judges, when all instances have told. */
public final class AuditWire {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(times())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AuditWire() {}

    /**
     * One slice.
     *
     * @param applications what is known of some applications
     * @param tenants what is known of some tenants
     * @param next asks for the next slice of this instance; null after the last one
     * @param others addresses of the other instances, each of which follows other applications
     */
    public record Slice(
            List<Read> applications,
            List<KnownTenant> tenants,
            @Nullable String next,
            List<String> others) {}

    /** As JSON. */
    public static String write(Slice slice) {
        try {
            return MAPPER.writeValueAsString(slice) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every slice can be written", e);
        }
    }

    /**
     * Reads it back.
     *
     * @throws IOException when it is none
     */
    public static Slice read(String json) throws IOException {
        return MAPPER.readValue(json, Slice.class);
    }

    private static SimpleModule times() {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Instant.class, ToStringSerializer.instance);
        module.addSerializer(LocalDate.class, ToStringSerializer.instance);
        module.addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse));
        module.addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, LocalDate::parse));
        return module;
    }

    private interface Parse<T> {
        T of(String text);
    }

    private static final class FromText<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Parse<T> parse;

        FromText(Class<T> type, Parse<T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return parse.of(text);
            } catch (DateTimeParseException e) {
                throw new IOException("'" + text + "' is no time", e);
            }
        }
    }
}
