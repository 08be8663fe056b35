package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The used client tokens, with their requests and answers. */
public final class ClientTokens {

    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private record Key(Action action, String token) {}

    private record Use(Ec2Request<?> request, Object answer, Instant at) {}

    private final Map<Key, Use> uses = new HashMap<>();
    private final Clock clock;
    private final Behaviour behaviour;

    ClientTokens(Clock clock, Behaviour behaviour) {
        this.clock = clock;
        this.behaviour = behaviour;
    }

    /** The earlier answer to this request; empty if its token is new or it has none. */
    public Optional<Object> answer(Ec2Request<?> request, @Nullable String token) {
        if (token == null) {
            return Optional.empty();
        }
        if (!VALID.matcher(token).matches()) {
            throw RequestRule.TOKEN_INVALID.error("Client token must be 1 to 64 ASCII characters.");
        }
        Use use = uses.get(new Key(request.action(), token));
        if (use == null || isForgotten(use)) {
            return Optional.empty();
        }
        if (!use.request().equals(request)) {
            throw RequestRule.TOKEN_MISMATCH.error(
                    "The client token '" + token + "' was used before with different parameters.");
        }
        return Optional.of(use.answer());
    }

    private boolean isForgotten(Use use) {
        Duration remembered = behaviour.tokensRemembered;
        return remembered != null && !clock.instant().isBefore(use.at().plus(remembered));
    }

    void clear() {
        uses.clear();
    }

    public void remember(Ec2Request<?> request, @Nullable String token, Object answer) {
        if (token != null) {
            uses.put(new Key(request.action(), token), new Use(request, answer, clock.instant()));
        }
    }
}
