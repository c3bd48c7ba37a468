package io.rolecall.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients of an HTTP server of this machine that send the beginning of a request and then nothing. */
final class HalfSentRequests implements AutoCloseable {

    /** Turns a hang into a failure. */
    private static final int PATIENCE_MILLIS = 90_000;

    private final List<Socket> sockets = new ArrayList<>();

    private HalfSentRequests() {}

    static HalfSentRequests to(int port, int clients) throws IOException {
        HalfSentRequests requests = new HalfSentRequests();
        try {
            for (int i = 0; i < clients; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                requests.sockets.add(socket);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
            }
            return requests;
        } catch (IOException e) {
            requests.close();
            throw e;
        }
    }

    /**
     * Waits until the server has closed them.
     *
     * @return how many it has closed without an answer
     * @throws java.net.SocketTimeoutException when it leaves one open
     */
    int awaitClosed() throws IOException {
        int closed = 0;
        for (Socket socket : sockets) {
            try {
                closed += socket.getInputStream().read() < 0 ? 1 : 0;
            } catch (SocketException reset) {
                closed++;
            }
        }
        return closed;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
