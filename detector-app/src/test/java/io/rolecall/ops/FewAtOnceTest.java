package io.rolecall.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    private static final Endpoint FINE = query -> new Page(200, "text/plain", "fine");

    @Test
    void who_waits_too_long_for_a_turn_is_told_to_ask_again() throws Exception {
        // Given
        FewAtOnce few = new FewAtOnce(1, Duration.ZERO);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Endpoint slow = few.limit(query -> {
            working.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Page(200, "text/plain", "done");
        });
        CompletableFuture<Page> first = CompletableFuture.supplyAsync(() -> slow.answer(Map.of()));
        working.await();

        // When
        Page refused = few.limit(FINE).answer(Map.of());
        goOn.countDown();

        // Then
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("ask again");
        assertThat(first.get().body()).isEqualTo("done");
        assertThat(few.limit(FINE).answer(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void a_defect_gives_its_turn_back() {
        // Given
        FewAtOnce few = new FewAtOnce(1, Duration.ZERO);
        Endpoint broken = few.limit(query -> {
            throw new IllegalStateException("a defect");
        });

        // When
        assertThatThrownBy(() -> broken.answer(Map.of())).hasMessage("a defect");

        // Then
        assertThat(few.limit(FINE).answer(Map.of()).status()).isEqualTo(200);
    }
}
