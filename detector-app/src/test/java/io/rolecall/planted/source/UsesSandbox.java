package io.rolecall.planted.source;

import io.rolecall.planted.sandbox.Broker;

final class UsesSandbox {

    static String name() {
        return Broker.name();
    }
}
