package io.rolecall.planted.operator;

import org.apache.kafka.streams.Topology;

final class BuildsTopology {

    String description = new Topology().toString();
}
