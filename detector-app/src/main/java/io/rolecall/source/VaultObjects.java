package io.rolecall.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects in key vaults by their addresses: {@code https://name.vault.azure.net/secrets/NAME/VERSION}, as vaults log them in
 * {@code id} and, with a query, in {@code requestUri} ("Azure Key Vault logging", learn.microsoft.com).
 */
final class VaultObjects {

    private static final Pattern ADDRESS = Pattern.compile(
            "https?://[^/?#]{1,253}/(?:deleted)?(?:secrets|keys|certificates)/([A-Za-z0-9-]{1,127})(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private VaultObjects() {}

    /** Name of the secret, key or certificate; null when the text is no address of one. */
    static @Nullable String name(@Nullable String address) {
        Matcher matcher = address == null ? null : ADDRESS.matcher(address);
        return matcher != null && matcher.matches() ? matcher.group(1) : null;
    }
}
