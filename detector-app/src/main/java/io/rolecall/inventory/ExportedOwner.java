package io.rolecall.inventory;

import java.util.Optional;

/**
 * An owner as an export states it, where owners were expanded.
 *
 * @param id object id, lower case
 * @param name user principal name, else display name
 * @param gone {@code deleted} or {@code disabled}; empty when the export does not say so
 */
public record ExportedOwner(String id, Optional<String> name, Optional<String> gone) {}
