package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAlikesTest {

    @ParameterizedTest
    @CsvSource({
        "Microsoft Teams, rnicrosoft teams, true",
        "Microsoft Teams, Micros0ft Teams, true",
        "Microsoft Teams, Microsoft-Teams, true",
        "Microsoft Teams, Microsoft_Teams, true",
        "Microsoft Teams, Microsoft.Teams, true",
        "Microsoft Teams, MicrosoftTeams, true",
        "Microsoft Teams, 'Microsoft  Teams', true",
        "Microsoft Teams, MICROSOFT TEAMS, true",
        "Microsoft Teams, Microsоft Teams, true", // Cyrillic
        "Microsoft Teams, Ｍicrosoft Teams, true", // full width
        "SharePoint Online, ShaгеPoint Online, true", // Cyrillic
        "OneDrive for Business, ОпеDrive for Business, false", // п is no n
        "Microsoft Intune, Microsoft lntune, true", // a small l
        "Microsoft Word, Microsoft VVord, true",
        "Outlook, Out1ook, true",
        "Outlook, 0utlook, true",
        "Microsoft Teams, Microsoft Teams, false",
        "Microsoft Teams, Microsoft Teams Export, false",
        "Microsoft Teams, Microsoft Team, false",
        "Microsoft Teams, Microsoft Teens, false",
        "Contoso Payroll, Contoso Payroll Export, false",
    })
    void whole_names_of_one_skeleton_and_another_text_look_alike(String name, String other, boolean alike) {
        // Given two names

        // When
        boolean imitates = LookAlikes.imitates(other, name);

        // Then
        assertThat(imitates).isEqualTo(alike);
        assertThat(LookAlikes.imitates(name, other)).isEqualTo(alike);
    }

    @Property
    void what_is_not_shown_changes_no_skeleton(@ForAll @IntRange(max = 15) int at) {
        // Given
        String name = "Microsoft Teams";

        // When
        String hidden = name.substring(0, at) + '\u200b' + name.substring(at);

        // Then
        assertThat(LookAlikes.skeletons(hidden)).isEqualTo(LookAlikes.skeletons(name));
        assertThat(LookAlikes.imitates(hidden, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "app.contoso.com, contoso.com",
        "contoso.co.uk, contoso.co.uk",
        "a.b.github.io, b.github.io",
        "github.io, github.io",
        "login.contoso.onmicrosoft.com, contoso.onmicrosoft.com",
        "app.bücher.example.de, example.de",
        "intranet, ",
        "app.contoso.local, ",
    })
    void the_registrable_domain_is_that_of_the_public_suffix_list(String host, String domain) {
        // Given a host

        // When
        Optional<String> registrable = WebDomains.registrable(host);

        // Then
        assertThat(registrable).isEqualTo(Optional.ofNullable(domain));
    }

    @ParameterizedTest
    @CsvSource({
        "login.c0ntoso.com, contoso.com",
        "con-toso.com, contoso.com",
        "contosо.com, contoso.com", // Cyrillic
        "xn--contos-1qf.com, contoso.com",
        "login-contoso.com, ",
        "app.contoso.com, ",
        "contoso.net, ",
    })
    void a_host_imitates_a_domain_by_its_skeleton(String host, String imitated) {
        // Given
        List<String> domains = List.of("contoso.com", "fabrikam.com");

        // When
        Optional<String> found = WebDomains.imitated(host, domains);

        // Then
        assertThat(found).isEqualTo(Optional.ofNullable(imitated));
    }
}
