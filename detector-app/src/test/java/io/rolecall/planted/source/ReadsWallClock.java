package io.rolecall.planted.source;

import java.time.Instant;

final class ReadsWallClock {

    static Instant read() {
        return Instant.now();
    }
}
