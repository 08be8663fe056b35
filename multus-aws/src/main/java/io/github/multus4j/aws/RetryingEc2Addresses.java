package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.InterceptedEc2Addresses;
import io.github.multus4j.ec2.InterceptedEc2Network.Call;
import io.github.multus4j.ec2.InterceptedEc2Network.Interceptor;

/**
 * Repeats the calls of another port by the rules of {@link AwsEc2Addresses}, for a port that does
 * not repeat them itself; as {@link RetryingEc2Network} does for the other port. All calls are
 * changes: none is repeated after an unknown outcome. Thread-safe if the other port and the policy
 * are.
 */
public final class RetryingEc2Addresses extends InterceptedEc2Addresses {

    private RetryingEc2Addresses(Ec2Addresses ec2, CallRetry retry) {
        super(ec2, new Interceptor() {
            @Override
            public <T> T intercept(Call<T> call) {
                return retry.call(call.action().toString(), Effect.CHANGE, call.deadline(), call::proceed);
            }
        });
    }

    /**
     * That port, with repetitions.
     *
     * @param ec2 makes each call once
     * @param policy how calls are repeated
     */
    public static RetryingEc2Addresses over(Ec2Addresses ec2, CallPolicy policy) {
        return new RetryingEc2Addresses(ec2, new CallRetry(policy));
    }
}
