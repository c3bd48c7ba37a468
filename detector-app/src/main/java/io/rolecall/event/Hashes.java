package io.rolecall.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes from which ids are made. */
public final class Hashes {

    private Hashes() {}

    /** SHA-256 over the UTF-8 text of the parts joined by line feeds: 64 hex digits, lower case. */
    public static String sha256(String... parts) {
        try {
            byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The first eight bytes of a hash, given as hex digits, as a number. */
    public static long number(String hex) {
        return HexFormat.fromHexDigitsToLong(hex, 0, 2 * Long.BYTES);
    }
}
