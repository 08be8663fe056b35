package io.github.multus4j.pod;

import static io.github.multus4j.pod.Scene.claim;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.pod.Claim.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {

    @Test
    void claim_withoutAnInterface_isRefused() {
        assertThatThrownBy(() -> claim("amf-0", "node-a", "10.0.4.50", null, Standing.FIXED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("10.0.4.50", "core/amf-0", "MAC address or a device index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.4.0/24", "10.0.4.50/31", "2001:db8::/64"})
    void claim_blockOfAnotherLength_isRefused(String block) {
        assertThatThrownBy(() -> claim("amf-0", "node-a", block, Scene.mac("eni-1"), Standing.FIXED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/28 or /80");
    }
}
