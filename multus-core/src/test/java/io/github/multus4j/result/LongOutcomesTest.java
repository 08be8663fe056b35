package io.github.multus4j.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Exception;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An outcome of any size fits into a line of a log. */
class LongOutcomesTest {

    private static final int LOG_LINE = 256 * 1024;

    private static final String LONG = "x".repeat(1_000_000);
    private static final List<String> MANY = Collections.nCopies(10_000, LONG);

    @Test
    void failed_withThousandsOfLeftoversAndWarnings_isShortAndCountsThem() {
        Outcome failed = new Outcome.Failed(
                "i-1",
                new Outcome.Cause(
                        Outcome.Cause.Code.EC2, LONG, new Ec2Exception(Ec2Exception.Kind.INVALID, "A", "B", LONG)),
                MANY,
                Collections.nCopies(10_000, new Outcome.Leftover("eni-1", LONG)),
                MANY);

        assertThat(failed.toString()).hasSizeLessThan(LOG_LINE).contains("left behind: [eni-1", "… and 9,980 more");
        assertThat(failed.toMap().toString()).hasSizeLessThan(LOG_LINE).contains("leftoversNotShown=9980");
        assertThat(((Outcome.Failed) failed).warnings()).hasSize(10_000);
    }

    @Test
    void ready_withThousandsOfWarnings_isShort() {
        for (Outcome ready :
                List.of(new Outcome.Attached("i-1", List.of(), MANY), new Outcome.Complete("i-1", List.of(), MANY))) {
            assertThat(ready.toString()).hasSizeLessThan(LOG_LINE).contains("… and 9,980 more");
            assertThat(ready.toMap().toString()).hasSizeLessThan(LOG_LINE).contains("… and 9,980 more");
        }
    }

    @Test
    void skipped_withALongReason_isShort() {
        assertThat(new Outcome.Skipped("i-1", LONG).toString()).hasSizeLessThan(3_000);
        assertThat(new Outcome.Skipped("i-1", LONG).toMap().toString()).hasSizeLessThan(3_000);
    }

    @Test
    void ec2Exception_withALongMessage_isShort() {
        assertThat(new Ec2Exception(Ec2Exception.Kind.INVALID, "A", "B", LONG))
                .message()
                .hasSizeLessThan(3_000);
    }
}
