package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.InterceptedEc2Network;

/**
 * Repeats the calls of another port by the rules of {@link AwsEc2Network}, for a port that does not
 * repeat them itself, such as a fake in the same process. A read is repeated after
 * {@link Ec2Exception.Kind#THROTTLED}, {@link Ec2Exception.Kind#UNAVAILABLE},
 * {@link Ec2Exception.Kind#OUTCOME_UNKNOWN} and, once, {@link Ec2Exception.Kind#CLOCK_SKEWED}. A
 * change is repeated after the same kinds, except for the unknown outcome, which the caller gets. A
 * listing is repeated as a whole.
 *
 * <p>Of the {@link CallPolicy}, clock, sleeper and random are used; the other port decides on the
 * time of an attempt and on the meaning of errors. That port gets the deadline unchanged. Never put
 * this around {@link AwsEc2Network}: repetitions would multiply. Thread-safe if the other port and
 * the policy are.
 */
public final class RetryingEc2Network extends InterceptedEc2Network {

    private RetryingEc2Network(Ec2Network ec2, CallRetry retry) {
        super(ec2, new Interceptor() {
            @Override
            public <T> T intercept(Call<T> call) {
                Effect effect = call.action().isChange() ? Effect.CHANGE : Effect.READ;
                return retry.call(call.action().toString(), effect, call.deadline(), call::proceed);
            }
        });
    }

    /**
     * That port, with repetitions.
     *
     * @param ec2 makes each call once
     * @param policy how calls are repeated
     */
    public static RetryingEc2Network over(Ec2Network ec2, CallPolicy policy) {
        return new RetryingEc2Network(ec2, new CallRetry(policy));
    }
}
