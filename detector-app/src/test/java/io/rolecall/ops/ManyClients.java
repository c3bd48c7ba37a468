package io.rolecall.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections to a server of this machine that are open at once. */
final class ManyClients implements AutoCloseable {

    /** Nothing is expected to take so long: it turns a hang into a failure. */
    private static final int LONGEST_SILENCE_MILLIS = 60_000;

    private final List<Socket> sockets = new ArrayList<>();

    private ManyClients() {}

    static ManyClients connect(int port, int clients) throws IOException {
        ManyClients many = new ManyClients();
        try {
            for (int i = 0; i < clients; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
                many.sockets.add(socket);
            }
            return many;
        } catch (IOException e) {
            many.close();
            throw e;
        }
    }

    /** Every client says this whose connection is not closed already; how many do. */
    int send(String text) throws IOException {
        int said = 0;
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                said++;
            } catch (SocketException closed) {
                // It hears so.
            }
        }
        return said;
    }

    /**
     * What each client hears until its connection is closed by the server; nothing when it was closed without an answer.
     *
     * @throws java.net.SocketTimeoutException when one of them hears nothing and is not closed either
     */
    List<String> hear() throws IOException {
        List<String> heard = new ArrayList<>();
        for (Socket socket : sockets) {
            try {
                heard.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            } catch (SocketException reset) {
                heard.add("");
            }
        }
        return heard;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
