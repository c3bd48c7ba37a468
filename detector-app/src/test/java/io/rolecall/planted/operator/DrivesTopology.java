package io.rolecall.planted.operator;

import org.apache.kafka.streams.TopologyTestDriver;

final class DrivesTopology {

    static void end(TopologyTestDriver driver) {
        driver.close();
    }
}
