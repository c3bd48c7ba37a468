package io.rolecall.registry;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a failed request means, in words: the JDK's own exceptions often have none. */
final class NetworkTrouble {

    private NetworkTrouble() {}

    static String of(Exception error, RegistrySettings settings) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "the host name is not known";
            }
            if (at instanceof HttpConnectTimeoutException) {
                return "no connection within " + settings.connectTimeout().toMillis() + " ms";
            }
            if (at instanceof TimeoutException) {
                return "no answer within " + settings.readTimeout().toMillis() + " ms";
            }
            if (at instanceof SSLException) {
                return "TLS fails (" + at.getMessage()
                        + "); check registry.schema.registry.ssl.truststore.location and the name in the certificate";
            }
        }
        if (error instanceof ConnectException) {
            return error.getMessage() == null ? "connection refused" : "connection refused, " + error.getMessage();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
