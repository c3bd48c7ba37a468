package io.rolecall.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.state.UserDay;
import java.net.URL;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class TrustedRecordsTest {

    @Test
    void the_generated_records_are_trusted_and_nothing_else_is_added() {
        // Given
        TrustedRecords.trust();

        // When
        var trusted = ClassSecurityValidator.getGlobal();

        // Then
        assertThat(trusted.isTrusted(AppEvent.class)).isTrue();
        assertThat(trusted.isTrusted(UserDay.class)).isTrue();
        assertThat(trusted.isTrusted(String.class)).as("Avro's own default").isTrue();
        assertThat(trusted.isTrusted(URL.class)).isFalse();
    }
}
