package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import java.util.function.BiConsumer;

/** How one action of the API is read from parameters, and how its answer is written. */
@FunctionalInterface
public interface WireAction {

    /** Reads all parameters of a call. Nothing happens yet. */
    Call<?> read(QueryRequest parameters);

    /**
     * A call that has been read.
     *
     * @param request the engine's request
     * @param writer writes the engine's answer
     * @param <R> the answer
     */
    record Call<R>(Ec2Request<R> request, BiConsumer<Xml, R> writer) {

        /** Makes the call. */
        public Answer make(Ec2Engine engine) {
            R answer = engine.call(request);
            return xml -> writer.accept(xml, answer);
        }
    }

    /** The content of an answer, ready to be written. */
    @FunctionalInterface
    interface Answer {
        void writeTo(Xml xml);
    }

    /** A call with an answer that only confirms success. */
    static Call<Boolean> yesOrNo(Ec2Request<Boolean> request) {
        return new Call<>(request, (xml, answer) -> xml.text("return", answer));
    }

    /** A call with a page of items as its answer. */
    static <T> Call<Listing<T>> listing(Ec2Request<Listing<T>> request, String set, BiConsumer<Xml, T> writer) {
        return new Call<>(request, (xml, page) -> {
            xml.items(set, page.items(), writer);
            SharedParameters.nextToken(xml, page);
        });
    }
}
