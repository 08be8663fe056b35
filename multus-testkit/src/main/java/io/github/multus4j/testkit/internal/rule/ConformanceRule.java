package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.internal.call.BrokenRule;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import java.util.Locale;

/**
 * A rule of EC2 that the fake keeps: a row of the table of conformance. Enums by noun implement it;
 * {@link ConformanceRules} has them all. Each has a test that is named after it.
 */
public interface ConformanceRule extends BrokenRule {

    /** The one refusal of a rule with a status of its own. */
    String OVER_RATE = "RequestLimitExceeded";

    /** The name of the enum's constant. */
    String name();

    Row row();

    /**
     * The facts about the rule.
     *
     * @param sentence the rule
     * @param code EC2's error code; empty for a rule about an effect, not a refusal
     * @param source the page or issue with the rule or its message
     * @param codeIsDecided whether AWS documents the rule but not its code, and this fake decided
     *     it
     */
    record Row(String sentence, String code, String source, boolean codeIsDecided) {

        static Row refusal(String code, String sentence, String source) {
            return new Row(sentence, code, source, false);
        }

        static Row effect(String sentence, String source) {
            return new Row(sentence, "", source, false);
        }

        /** The same rule, with a code for which there is no source. */
        Row withCodeDecided() {
            return new Row(sentence, code, source, true);
        }

        boolean isRefusal() {
            return !code.isEmpty();
        }
    }

    /** The rule's id, such as {@code attach-index-taken}. */
    @Override
    default String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The error by which EC2 enforces the rule, in EC2's words. */
    default Ec2Error error(String message) {
        return new Ec2Error(row().code(), message, row().code().equals(OVER_RATE) ? 503 : 400, this);
    }
}
