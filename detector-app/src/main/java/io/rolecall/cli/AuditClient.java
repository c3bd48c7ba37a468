package io.rolecall.cli;

import io.rolecall.audit.Audit;
import io.rolecall.audit.AuditWire;
import io.rolecall.ops.AuditEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Asks a running service, all its instances one after the other, what it knows of its applications. */
final class AuditClient {

    private final URI service;

    /** @param service address of any instance */
    AuditClient(URI service) {
        this.service = service;
    }

    /**
     * Everything that the instances know.
     *
     * @param until acts after it are left out; {@link Instant#MAX} for none
     * @throws IOException when one of them does not answer: an audit of some of the applications would call the others gone
     */
    Audit audit(Instant until) throws IOException, InterruptedException {
        Audit audit = new Audit();
        Deque<URI> toAsk = new ArrayDeque<>();
        toAsk.add(service);
        // The instance that was asked first may be known to the others under another name.
        Set<String> seen = new HashSet<>();
        boolean first = true;
        while (!toAsk.isEmpty()) {
            ask(toAsk.removeFirst(), until, audit, first ? seen : new HashSet<>());
            if (first) {
                seen.stream().sorted().map(URI::create).forEach(toAsk::addLast);
                first = false;
            }
        }
        return audit;
    }

    private static void ask(URI instance, Instant until, Audit audit, Set<String> others)
            throws IOException, InterruptedException {
        ServiceClient client = new ServiceClient(instance);
        String asOf = until.equals(Instant.MAX) ? "" : AuditEndpoint.AS_OF + "=" + encoded(until.toString()) + "&";
        String after = "";
        while (after != null) {
            AuditWire.Slice slice = AuditWire.read(
                    client.page(AuditEndpoint.PATH + "?" + asOf + AuditEndpoint.AFTER + "=" + encoded(after)));
            slice.applications().forEach(audit::add);
            slice.tenants().forEach(audit::add);
            others.addAll(slice.others());
            after = slice.next();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
