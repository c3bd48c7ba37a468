package io.rolecall.registry;

import io.rolecall.config.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One address of the registry and what is shown to it.
 *
 * @param base URL without user info and without a slash at the end
 * @param authorization value of the header {@code Authorization}; a secret
 */
record RegistryAddress(String base, @Nullable String authorization) {

    /** How the program is told where the registry is. */
    static final String URL = "schema.registry.url";

    private static final String BASIC_SOURCE = "basic.auth.credentials.source";
    private static final String BASIC_INFO = "basic.auth.user.info";
    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    private static final String BEARER_TOKEN = "bearer.auth.token";

    /**
     * Of all URLs of a configuration, in its order.
     *
     * @throws ConfigurationException when a URL or the credentials are wrong
     */
    static List<RegistryAddress> of(RegistryProperties properties, String urls) {
        Optional<String> info = properties.text(BASIC_INFO);
        // Confluent's default is URL even when there is user info, which is then not used; nobody can mean that.
        String source =
                properties.choice(BASIC_SOURCE, "USER_INFO", "URL").orElse(info.isPresent() ? "USER_INFO" : "URL");
        properties.choice(BEARER_SOURCE, "STATIC_TOKEN");
        Optional<String> token = properties.text(BEARER_TOKEN);
        if (source.equals("USER_INFO") && info.isEmpty()) {
            throw RegistryProperties.wrong(BASIC_INFO, "is missing, and " + BASIC_SOURCE + " is USER_INFO");
        }
        if (!token.orElse("x").matches("[!-~]+")) {
            throw RegistryProperties.wrong(BEARER_TOKEN, "holds blanks, line breaks or characters outside of ASCII");
        }
        if (info.isPresent() && token.isPresent()) {
            throw RegistryProperties.wrong(BEARER_TOKEN, "and " + BASIC_INFO + " exclude each other");
        }
        String configured = token.map(secret -> "Bearer " + secret).orElse(null);
        if (source.equals("USER_INFO")) {
            configured = basic(BASIC_INFO, info.orElseThrow());
        }
        List<RegistryAddress> endpoints = new ArrayList<>();
        for (String url : urls.split(",", -1)) {
            endpoints.add(of(url.strip(), urls.indexOf('@') >= 0, configured));
        }
        return List.copyOf(endpoints);
    }

    private static RegistryAddress of(String url, boolean secret, @Nullable String configured) {
        String shown = secret ? "one of the URLs, which hold user info and are not shown," : "'" + url + "'";
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw RegistryProperties.wrong(URL, shown + " is no URL");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw RegistryProperties.wrong(
                    URL,
                    shown
                            + " must be http://HOST[:PORT][/PATH] or https://..., several joined by commas, or mock://SCOPE alone");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        String authorization =
                configured == null && uri.getUserInfo() != null ? basic(URL, uri.getUserInfo()) : configured;
        return new RegistryAddress(uri.getScheme() + "://" + host + path, authorization);
    }

    private static String basic(String name, String userInfo) {
        if (userInfo.indexOf(':') <= 0) {
            throw RegistryProperties.wrong(name, "must be USER:PASSWORD");
        }
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return base;
    }
}
