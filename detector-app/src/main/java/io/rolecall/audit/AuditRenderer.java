package io.rolecall.audit;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Prints an audit. */
public interface AuditRenderer {

    /** Prints all entries, in their order; neither flushes nor closes. */
    void render(List<AuditEntry> entries, Writer out) throws IOException;
}
