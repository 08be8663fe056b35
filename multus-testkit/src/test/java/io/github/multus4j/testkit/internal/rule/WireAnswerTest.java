package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.net.Cidr;
import org.junit.jupiter.api.Test;

class WireAnswerTest {

    @Test
    void blocks_withLeadingZeros_equalTheSameBlocksWithout() {
        WireAnswer answer = new WireAnswer(
                200, "", null, "<ipv6CidrBlock>2400:6500:0f15:0400::/56</ipv6CidrBlock><cidrBlock>x</cidrBlock>");

        assertThat(answer.blocks("ipv6CidrBlock")).containsExactly(Cidr.parse("2400:6500:f15:400::/56"));
    }
}
