package io.github.multus4j.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** An interceptor of a user's that fails before anything is sent. */
final class BrokenInterceptor implements ExecutionInterceptor {

    @Override
    public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
        throw new IllegalStateException("tracing is off");
    }
}
