package io.rolecall.ops;

import java.util.Optional;

/** What program this is. */
final class BuildInfo {

    private BuildInfo() {}

    /** Version from the manifest of the jar. */
    static String version() {
        return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    static String java() {
        return Runtime.version().toString();
    }
}
