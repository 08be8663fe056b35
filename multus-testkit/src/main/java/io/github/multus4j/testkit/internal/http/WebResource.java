package io.github.multus4j.testkit.internal.http;

/** Answers the requests below a path. */
public interface WebResource {

    WebReply answer(WebRequest request);

    /** The answer to a request that is refused unseen, in the form that the clients of this resource read. */
    WebReply refusal(int status, String why);
}
