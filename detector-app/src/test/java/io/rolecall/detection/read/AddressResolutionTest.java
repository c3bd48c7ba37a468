package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolecall.detection.LineFacts;
import io.rolecall.detection.MemoryHistory;
import io.rolecall.detection.ResolvedAddress;
import io.rolecall.network.AddressTable;
import io.rolecall.network.PrefixAddressTable;
import io.rolecall.schema.Actor;
import io.rolecall.schema.AppEvent;
import io.rolecall.schema.OrgNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressResolutionTest {

    private static final AddressTable NETWORKS = PrefixAddressTable.of(List.of(
            OrgNetwork.newBuilder().setCidr("203.0.113.0/24").setLabel("office").build()));

    private static final String OFFICE = "203.0.113.10";
    private static final String OUTSIDE = "198.51.100.7";
    private static final String FRONT_END = "20.190.151.7";

    private static AppEvent grantFrom(String from) {
        return LineFacts.one("+1d, by: mallory, do: assign-app-role, role: Mail.ReadWrite, from: " + from);
    }

    private static Actor at(String ip, String other) {
        return Actor.newBuilder(at(ip)).setOtherIps(List.of(other)).build();
    }

    private static Actor at(String ip) {
        return grantFrom(ip.isEmpty() ? "unknown" : ip).getActor();
    }

    private static Actor byTokenService(String ip) {
        return Actor.newBuilder(at(ip)).setTokenService(true).build();
    }

    private static AppEvent signIn(String ip) {
        return LineFacts.address("+23h55m, by: mallory, do: sign-in, from: " + ip);
    }

    private static String resolved(Actor actor, AppEvent... sightings) {
        AppEvent act = AppEvent.newBuilder(grantFrom("unknown")).setActor(actor).build();
        List<AppEvent> facts = new ArrayList<>(List.of(sightings));
        facts.add(act);
        ResolvedAddress address =
                AddressResolution.resolve(act, new MemoryHistory(facts), NETWORKS, Duration.ofHours(1));
        return address.addressClass().label() + " " + address.ip().orElse("-") + " " + address.basis();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, 203.0.113.10, external 198.51.100.7 event",
        "203.0.113.10, 198.51.100.7, external 198.51.100.7 event",
        "203.0.113.10, 10.1.2.3, unknown 10.1.2.3 event",
        "10.1.2.3, 198.51.100.7, external 198.51.100.7 event",
        "20.190.151.7, 198.51.100.7, external 198.51.100.7 event",
        "20.190.151.7, 10.1.2.3, unknown 10.1.2.3 event",
        "203.0.113.10, 20.190.151.7, microsoft-service 20.190.151.7 event",
        "203.0.113.10, 203.0.113.11, organization 203.0.113.10 event"
    })
    void of_several_addresses_in_one_field_the_worst_decides(String first, String second, String expected) {
        // When
        String resolved = resolved(at(first, second));

        // Then
        assertThat(resolved).isEqualTo(expected);
    }

    @Test
    void beside_a_front_end_the_sightings_of_the_actor_decide() {
        // When
        String atTheOffice = resolved(at(OFFICE, FRONT_END), signIn("203.0.113.77"));
        String outside = resolved(at(OFFICE, FRONT_END), signIn(OUTSIDE));

        // Then
        assertThat(atTheOffice).isEqualTo("organization 203.0.113.77 sign-in");
        assertThat(outside).isEqualTo("external 198.51.100.7 sign-in");
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.7", "203.0.113.10", "10.1.2.3", "20.190.151.7"})
    void an_address_of_the_token_service_says_nothing_whatever_it_is(String ip) {
        // When
        String alone = resolved(byTokenService(ip));
        String atTheOffice = resolved(byTokenService(ip), signIn("203.0.113.77"));
        String outside = resolved(byTokenService(ip), signIn("198.51.100.200"));

        // Then
        assertThat(alone).isEqualTo("microsoft-service " + ip + " event");
        assertThat(atTheOffice).isEqualTo("organization 203.0.113.77 sign-in");
        assertThat(outside).isEqualTo("external 198.51.100.200 sign-in");
    }

    @Test
    void an_act_of_the_token_service_without_an_address_has_none() {
        // When
        String resolved = resolved(byTokenService(""));

        // Then
        assertThat(resolved).isEqualTo("unknown - none");
    }
}
