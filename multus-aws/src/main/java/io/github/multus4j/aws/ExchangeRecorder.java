package io.github.multus4j.aws;

import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Fills in the {@link Exchange} that is an attribute of the call. Stateless. */
final class ExchangeRecorder implements ExecutionInterceptor {

    /** Servers take URLs of 8 KB, and more parameters may come; a longer one stays a form. */
    private static final int MAX_URL_LENGTH = 6000;

    /**
     * The parameters are in the URL at this point; for a POST, the SDK moves them into the body
     * afterwards.
     */
    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        Exchange exchange = exchange(attributes);
        return exchange != null
                        && exchange.isAsGet()
                        && request.getUri().toString().length() < MAX_URL_LENGTH
                ? request.copy(get -> get.method(SdkHttpMethod.GET).removeHeader("Content-Type"))
                : request;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Exchange exchange = exchange(attributes);
        if (exchange != null) {
            exchange.sentTo(context.httpRequest());
        }
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Exchange exchange = exchange(attributes);
        if (exchange == null) {
            return context.responseBody();
        }
        exchange.answered(context.httpResponse());
        return context.responseBody().map(exchange::record);
    }

    private static @Nullable Exchange exchange(ExecutionAttributes attributes) {
        return attributes.getAttribute(Exchange.ATTRIBUTE);
    }
}
