package io.rolecall.planted.source;

import org.junit.jupiter.api.Test;

final class CamelCase {

    @Test
    void namesATestInCamelCase() {}
}
