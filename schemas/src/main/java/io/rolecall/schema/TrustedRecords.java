package io.rolecall.schema;

import java.util.Set;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may load the generated records. Avro 1.12.2 reads a record only into classes that the program has named;
 * without that, every read ends in a {@link SecurityException}. The alternative is the system property
 * {@code org.apache.avro.SERIALIZABLE_PACKAGES}, which a program embedding these classes would have to know of.
 */
public final class TrustedRecords {

    private static final Set<String> PACKAGES = Set.of("io.rolecall.schema", "io.rolecall.schema.state");

    // In the initialiser, so that it happens once however often trust() is called.
    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
    }

    private TrustedRecords() {}

    /**
     * Adds the generated records to what Avro trusts in this JVM and leaves the rest as it is. To be called before the first
     * record is read; further calls do nothing.
     */
    public static void trust() {
        // Loading the class did it.
    }
}
