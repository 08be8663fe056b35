package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.plan.Selection;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The number of failed repairs of a node for a lasting reason, and the time of the next one. Its
 * text is the value of the tag {@link io.github.multus4j.nodegroup.OwnerTags#REPAIR}.
 *
 * @param count failed repairs in a row, from 1 on
 * @param next the time of the next repair
 * @param target the aim of the repairs, see {@link #target}: another target is tried at once
 * @param cause the last failure in one word, such as
 *     {@code AttachNetworkInterface:UnauthorizedOperation}
 */
record FailedRepairs(int count, Instant next, String target, String cause) {

    private static final int COUNT_OF_LONGEST_WAIT = 7;

    private static final Pattern TEXT = Pattern.compile(
            "failures=([1-9][0-9]{0,5}) next=([0-9TZ:-]{1,30}) target=([0-9a-f]{8}) cause=([A-Za-z0-9.:_-]{1,120})");

    /**
     * Reads a tag's value. Empty if it is malformed, or has a time that this library does not set.
     */
    static Optional<FailedRepairs> parse(String text, Instant now) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            FailedRepairs failed = new FailedRepairs(
                    Integer.parseInt(matcher.group(1)),
                    Instant.parse(matcher.group(2)),
                    matcher.group(3),
                    matcher.group(4));
            return Optional.of(failed).filter(f -> !f.next.isAfter(now.plus(Timing.LONGEST_REPAIR_WAIT)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The first failure. */
    static FailedRepairs first(Instant now, String target, String cause) {
        return new FailedRepairs(1, dueAfter(1, now), target, cause);
    }

    /** One more failure. */
    FailedRepairs andAnother(Instant now, String latestCause) {
        return new FailedRepairs(count + 1, dueAfter(count + 1, now), target, latestCause);
    }

    private static Instant dueAfter(int failures, Instant now) {
        Duration wait = failures >= COUNT_OF_LONGEST_WAIT
                ? Timing.LONGEST_REPAIR_WAIT
                : Timing.FIRST_REPAIR_WAIT.multipliedBy(1L << (failures - 1));
        return now.plus(wait).truncatedTo(ChronoUnit.SECONDS);
    }

    boolean isDue(Instant now) {
        return !now.isBefore(next);
    }

    /**
     * Whether the failure lasts: EC2 refused, and will refuse the same again. Failures that may
     * heal do not last: throttling, failures of EC2, a full subnet, the deadline.
     */
    static boolean lasts(Outcome.Failed failed) {
        Cause cause = failed.cause();
        if (!(cause.exception() instanceof Ec2Exception refusal)) {
            return cause.code() == Cause.Code.UNEXPECTED;
        }
        return switch (refusal.kind()) {
            case DENIED, INVALID, LIMIT_REACHED, INDEX_TAKEN, ADDRESS_UNUSABLE, NOT_FOUND, TOKEN_MISMATCH -> true;
            default -> false;
        };
    }

    /** The failure's cause in one word. */
    static String wordFor(Outcome.Failed failed) {
        Cause cause = failed.cause();
        return cause.exception() instanceof Ec2Exception refusal
                ? word(refusal.action() + ":" + refusal.code())
                : cause.code().name();
    }

    private static String word(String text) {
        String word = text.replaceAll("[^A-Za-z0-9.:_-]", "-");
        return word.substring(0, Math.min(word.length(), 120));
    }

    /**
     * The aim of a repair, in eight characters: the spec's decisions for this node, and the node's
     * type. It is computed from values only, so that it is the same in each process.
     */
    static String target(NodeGroupSpec spec, Instance node, Selection selection) {
        List<Object> parts = List.of(
                node.type(),
                selection.subnetIds(),
                selection.securityGroupIds(),
                spec.addressing().allocation().isPresent(),
                spec.addressing().allocation().orElse(null) instanceof AddressAllocation.FromReservation named
                        ? named.idOrDescription()
                        : "",
                spec.networkCards(),
                spec.localNetworkInterfaces(),
                spec.interfaceTags().entrySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList(),
                spec.sourceDestCheck(),
                spec.deleteOnTermination(),
                spec.typeLimits(),
                spec.deviceIndexes());
        CRC32 sum = new CRC32();
        sum.update(parts.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** The tag's value. */
    @Override
    public String toString() {
        return "failures=" + count + " next=" + next + " target=" + target + " cause=" + cause;
    }
}
