package io.rolecall.planted.source;

import org.apache.kafka.common.utils.Bytes;

final class KeepsKafkaBytes {

    Bytes bytes = Bytes.wrap(new byte[] {1});
}
