package io.rolecall.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret or certificate as an export states it.
 *
 * @param keyId key id, lower case
 * @param type {@code secret} or {@code certificate}
 * @param usage {@code sign} or {@code verify} of a certificate, lower case; empty of a secret
 * @param displayName its name
 * @param from from when it is valid; for a secret when it was made
 * @param until when it ends to be valid
 * @param onServicePrincipal whether it is kept on the service principal, where the application's owners do not see it
 */
public record ExportedKey(
        String keyId,
        String type,
        String usage,
        Optional<String> displayName,
        Optional<Instant> from,
        Optional<Instant> until,
        boolean onServicePrincipal) {}
