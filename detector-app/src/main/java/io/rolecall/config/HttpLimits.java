package io.rolecall.config;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server ({@code jdk.httpserver}), which waits for ever for the rest of a request by itself. It reads them
 * from system properties, once, when the first of its classes is used ({@code sun.net.httpserver.ServerConfig}; the times are whole
 * seconds, the same on 17 and 25), so they are set here and not by a flag that only some ways to start the program would have.
 */
public final class HttpLimits {

    /**
     * Connections that one server takes; more are closed at once. A scraper, probes, analysts and other instances need a few. Each
     * may hold a thread.
     */
    public static final int CONNECTIONS = 256;

    /** System properties by name. */
    private static final Map<String, String> PROPERTIES = Map.of(
            // Seconds from the first byte of a request to its last, and from the connection to its first byte.
            "sun.net.httpserver.maxReqTime", "10",
            // Seconds to answer and to hand the answer over: as long as 'rolecall explain' waits.
            "sun.net.httpserver.maxRspTime", "60",
            // Bytes of all headers together: there is a buffer for each connection.
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS));

    private HttpLimits() {}

    /** Sets those that are not set already. Without effect once a server of the JDK has been made in this process. */
    public static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
