package io.rolecall.detection.read;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://App.Contoso.com/auth, https, app.contoso.com",
        "https://app.contoso.com:8443, https, app.contoso.com",
        "https://app.contoso.com./x, https, app.contoso.com",
        "https:/app.contoso.com, https, app.contoso.com",
        "https:\\\\app.contoso.com\\x, https, app.contoso.com",
        "https://contoso.com@example.org/, https, example.org",
        "https://user:secret@example.org:1/, https, example.org",
        "https://example.org?@contoso.com, https, example.org",
        "https://example.org#@contoso.com, https, example.org",
        "http://localhost:*/, http, localhost",
        "https://*.contoso.com/, https, *.contoso.com",
        "https://[2001:DB8::7]:443/, https, 2001:db8::7",
        "http://0x7f.1/, http, 127.0.0.1",
        "http://2130706433, http, 127.0.0.1",
        "https://cafe.de/, https, cafe.de",
        "*, '', *",
        "*://contoso.com, *, contoso.com",
        "msal1://auth, msal1, auth",
    })
    void an_address_is_read_as_browsers_read_it(String text, String scheme, String host) {
        // Given a text

        // When
        RedirectAddress address = RedirectAddress.of(text);

        // Then
        assertThat(address.scheme()).isEqualTo(scheme);
        assertThat(address.host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, true",
        "https://LOCALHOST:44321/signin-oidc, true",
        "http://127.0.0.1:5000, true",
        "http://127.255.255.254, true",
        "http://[::1]/, true",
        "http://[0:0:0:0:0:0:0:1]/, true",
        "urn:ietf:wg:oauth:2.0:oob, true",
        "com.contoso.app://cb, true",
        "https://login.microsoftonline.com/common/oauth2/nativeclient, true",
        "https://login.microsoftonline.us/contoso.com/oauth2/nativeclient, true",
        "https://login.live.com/oauth20_desktop.srf, true",
        "https://login.live.com/oauth20_desktop.srf?x=1, false",
        "https://login.microsoftonline.com/*/oauth2/nativeclient, false",
        "http://login.microsoftonline.com/common/oauth2/nativeclient, false",
        "https://login.microsoftonline.com.example.org/common/oauth2/nativeclient, false",
        "http://localhost.example.org, false",
        "http://localhost@example.org, false",
        "http://128.0.0.1, false",
        "http://127.example.org, false",
        "*, false",
        "https://*, false",
    })
    void what_stays_on_a_device_is_told_from_what_looks_so(String text, boolean stays) {
        // Given
        RedirectAddress address = RedirectAddress.of(text);

        // When
        boolean ofDevice = address.isOfDevice();

        // Then
        assertThat(ofDevice).isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource({
        "https://*, https",
        "http://*/x, http",
        "*, *",
        "https://*.contoso.com, *.contoso.com",
        "https://A.de, a.de"
    })
    void the_anchor_is_the_host_or_the_scheme_where_every_host_is_meant(String text, String anchor) {
        // Given
        RedirectAddress address = RedirectAddress.of(text);

        // When
        String hangsOn = address.anchor();

        // Then
        assertThat(hangsOn).isEqualTo(anchor);
    }

    @Property
    void any_text_is_read_and_its_host_ends_where_a_path_begins(
            @ForAll
                    @StringLength(max = 60)
                    @Chars({'h', 't', 'p', 's', ':', '/', '\\', '@', '*', '.', '[', ']', '?', '#', '1', 'x', 'ü'})
                    String text) {
        // Given any text

        // When
        RedirectAddress address = RedirectAddress.of(text);

        // Then
        assertThat(address.host()).doesNotContain("/", "\\", "?", "#", "@").doesNotEndWith(".");
        assertThat(address.isOfDevice()).isEqualTo(RedirectAddress.of(text).isOfDevice());
        address.name().ifPresent(name -> assertThat(WebDomains.registrable(name).orElse(name))
                .isNotNull());
    }
}
