package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.BrokenRule;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a server of EC2's API to a call of the query protocol.
 *
 * @param status the HTTP status
 * @param code EC2's error code, empty if the call succeeded
 * @param rule the fake's rule that refused it; null if none did, or it was not the fake
 * @param xml the answer
 */
public record WireAnswer(int status, String code, @Nullable BrokenRule rule, String xml) implements Seen {

    @Override
    public String outcome() {
        if (status >= 500) {
            return "HTTP " + status;
        }
        return status < 300 ? Seen.ACCEPTED : code;
    }

    public boolean isSuccess() {
        return status < 300;
    }

    /** The texts of all elements of that name. */
    public List<String> texts(String element) {
        return Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /**
     * The CIDR blocks in all elements of that name: an emulator may spell a block with leading
     * zeros.
     */
    List<Cidr> blocks(String element) {
        return texts(element).stream().map(Cidr::parse).toList();
    }

    /** The text of the first element of that name. */
    public String text(String element) {
        return texts(element).stream().findFirst().orElseThrow(() -> new CannotShow("an answer without " + element));
    }
}
