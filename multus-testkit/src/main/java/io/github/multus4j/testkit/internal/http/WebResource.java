package io.github.multus4j.testkit.internal.http;

/** Answers the requests below a path. */
public interface WebResource {

    WebReply answer(WebRequest request);

    /**
     * The answer to a request that is refused before it is handled, in the form of this resource's
     * clients.
     */
    WebReply refusal(int status, String why);
}
