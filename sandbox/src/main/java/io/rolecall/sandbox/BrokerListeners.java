package io.rolecall.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The listeners of a broker by name, each {@code host:port}, in order; the controller's is the last. */
final class BrokerListeners {

    static final String LOOPBACK = "127.0.0.1";

    private final Map<String, String> addresses;

    private BrokerListeners(Map<String, String> addresses) {
        this.addresses = addresses;
    }

    /**
     * Chooses the ports.
     *
     * @param wanted listeners as Kafka writes them; port 0 takes the port of the last start when it is free, else any that is free
     * @param last properties of the last start; empty when there was none
     * @throws IOException when no port is free
     */
    static BrokerListeners choose(String wanted, Properties last) throws IOException {
        Map<String, String> before = of(last).addresses;
        Map<String, String> listeners = parse(wanted);
        listeners.putIfAbsent(BrokerProperties.CONTROLLER, LOOPBACK + ":0");
        List<ServerSocket> held = new ArrayList<>();
        try {
            // All are held until all are known: what is free once may be given twice.
            for (Map.Entry<String, String> listener : listeners.entrySet()) {
                String host = host(listener.getValue());
                int port = port(listener.getValue());
                if (port == 0) {
                    ServerSocket socket = free(host, port(before.getOrDefault(listener.getKey(), ":0")));
                    held.add(socket);
                    listener.setValue(host + ":" + socket.getLocalPort());
                }
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return new BrokerListeners(listeners);
    }

    /** The listeners that a broker's properties name. */
    static BrokerListeners of(Properties properties) {
        return new BrokerListeners(parse(properties.getProperty(BrokerProperties.LISTENERS, "")));
    }

    /** Name of the first, which the broker also uses for itself. */
    String first() {
        return addresses.keySet().iterator().next();
    }

    /**
     * Host and port of a listener.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    String address(String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no listener " + name + " among " + addresses.keySet());
        }
        return address;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        addresses.forEach((name, address) -> parts.add(name + "://" + address));
        return String.join(",", parts);
    }

    private static Map<String, String> parse(String listeners) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String listener : listeners.split(",", -1)) {
            int end = listener.indexOf("://");
            if (end > 0) {
                addresses.put(
                        listener.substring(0, end).strip(),
                        listener.substring(end + 3).strip());
            }
        }
        return addresses;
    }

    private static ServerSocket free(String host, int preferred) throws IOException {
        if (preferred != 0) {
            try {
                return bind(host, preferred);
            } catch (IOException taken) {
                // Somebody else has it by now: any other will do.
                return bind(host, 0);
            }
        }
        return bind(host, 0);
    }

    private static ServerSocket bind(String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // As Kafka does; without it a port of a broker that has just ended counts as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
