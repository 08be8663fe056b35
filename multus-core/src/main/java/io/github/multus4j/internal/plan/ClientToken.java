package io.github.multus4j.internal.plan;

import io.github.multus4j.result.PlannedInterface.Slot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The client token of a slot's interface. It follows from the instance, the subnet and the attempt:
 * it is the same in each run and process, for any addresses, groups and tags. EC2 makes one
 * interface for a token. It answers the same request with that interface, and a different one with
 * {@code IdempotentParameterMismatch}. So only one of two runs that see different free addresses
 * makes an interface, and the other learns of it (<a
 * href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Ensuring
 * idempotency in Amazon EC2 API requests</a>).
 */
final class ClientToken {

    private ClientToken() {}

    /**
     * The token: 64 characters, EC2's limit.
     *
     * @param attempt 0 at first; higher after an interface with the token of a lower attempt was
     *     removed
     */
    static String of(Slot slot, int attempt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String text = slot.instanceId() + " " + slot.subnetId() + " " + attempt;
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
