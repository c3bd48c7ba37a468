package io.rolecall.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.schema.AppEvent;
import io.rolecall.schema.MailFlow;
import io.rolecall.schema.Registration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetailsTest {

    @Test
    void details_are_found_by_their_type_and_by_no_other() {
        // Given
        Registration registration = new Registration();
        AppEvent event = new AppEvent();
        event.setDetails(registration);

        // When
        Optional<Registration> own = Details.of(event, Registration.class);
        Optional<MailFlow> other = Details.of(event, MailFlow.class);

        // Then
        assertThat(own).containsSame(registration);
        assertThat(other).isEmpty();
    }

    @Test
    void an_event_without_details_has_none_of_any_type() {
        // Given
        AppEvent event = new AppEvent();

        // When
        Optional<Registration> found = Details.of(event, Registration.class);

        // Then
        assertThat(found).isEmpty();
    }
}
