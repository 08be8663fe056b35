package io.github.multus4j;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.InterceptedEc2Network;
import java.util.function.UnaryOperator;

/** Forwards every call. Subclasses change one of them. */
class ForwardingEc2 extends InterceptedEc2Network {

    final Ec2Network ec2;

    ForwardingEc2(Ec2Network ec2) {
        this(ec2, deadline -> deadline);
    }

    ForwardingEc2(Ec2Network ec2, UnaryOperator<Deadline> deadlines) {
        super(ec2, new Interceptor() {
            @Override
            public <T> T intercept(Call<T> call) {
                return call.proceed(deadlines.apply(call.deadline()));
            }
        });
        this.ec2 = ec2;
    }
}
