package io.rolecall.service;

import io.rolecall.config.Configuration;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.kafka.streams.state.HostInfo;

/** The address under which other instances find this one's HTTP pages. */
final class Instance {

    private Instance() {}

    /**
     * The address that is listened on, or this machine's name where all are.
     *
     * @param http where the server was told to listen
     * @param port where it listens
     */
    static HostInfo address(Configuration.Http http, int port) {
        try {
            return InetAddress.getByName(http.bind()).isAnyLocalAddress()
                    ? new HostInfo(InetAddress.getLocalHost().getHostName(), port)
                    : new HostInfo(http.bind(), port);
        } catch (UnknownHostException e) {
            return new HostInfo("localhost", port);
        }
    }
}
