package io.github.multus4j;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.internal.pod.AddressReconciler;
import io.github.multus4j.internal.pod.NodeReader;
import io.github.multus4j.internal.run.RateLimiter;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.pod.AddressPlan;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.PodAddressRules;
import io.github.multus4j.result.AttachListener;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * Gives the Pods on Multus interfaces their addresses in EC2. Without it, the VPC delivers no
 * packet to an address that a Pod's IPAM chose.
 *
 * <pre>{@code
 * PodAddresses addresses =
 *         PodAddresses.using(AwsEc2Network.over(client), AwsEc2Addresses.over(client));
 * AddressReport report = addresses.assign(new NodePods(instanceId, claims, otherNodes), deadline);
 * }</pre>
 *
 * <p>Level-triggered: each call looks at the present claims and the present addresses. Call it when
 * a claim has changed, and again while the report is not complete. Thread-safe; calls for one node
 * one after the other.
 */
public final class PodAddresses {

    private final AddressReconciler reconciler;
    private final RunEnvironment environment;
    private final RateLimiter rateLimiter;

    private PodAddresses(Builder builder) {
        this.environment = new RunEnvironment(
                builder.clock, builder.sleeper, builder.executor, AttachListener.NONE, CallRates.unlimited());
        this.rateLimiter = new RateLimiter(CallRates.unlimited());
        this.reconciler =
                new AddressReconciler(new NodeReader(builder.ec2, builder.clock), builder.addresses, builder.rules);
    }

    /** With all defaults. */
    public static PodAddresses using(Ec2Network ec2, Ec2Addresses addresses) {
        return builder(ec2, addresses).build();
    }

    /**
     * Starts from the defaults of {@link #using}.
     *
     * @param ec2 for reads
     * @param addresses for changes
     */
    public static Builder builder(Ec2Network ec2, Ec2Addresses addresses) {
        return new Builder(ec2, addresses);
    }

    /**
     * The changes that {@link #assign} would make now, and the reasons against others; makes reads
     * only.
     *
     * @throws Ec2Exception if EC2 could not be read
     */
    public AddressPlan plan(NodePods node, Deadline deadline) {
        return reconciler.plan(run(deadline), node);
    }

    /**
     * Gives the claims of a node's Pods their addresses, by the deadline. Addresses that no Pod
     * claims are left alone.
     *
     * @throws Ec2Exception if EC2 could not be read; a call that changes addresses and fails is in
     *     the report
     */
    public AddressReport assign(NodePods node, Deadline deadline) {
        return reconciler.assign(run(deadline), node);
    }

    private Run run(Deadline deadline) {
        return new Run(environment, rateLimiter, deadline, () -> {});
    }

    /** Builds a {@link PodAddresses}. Not thread-safe. */
    public static final class Builder {

        private static final RunEnvironment DEFAULTS = RunEnvironment.ofDefaults();

        private final Ec2Network ec2;
        private final Ec2Addresses addresses;
        private PodAddressRules rules = PodAddressRules.ofDefaults();
        private Executor executor = DEFAULTS.executor();
        private Clock clock = DEFAULTS.clock();
        private Sleeper sleeper = DEFAULTS.sleeper();

        private Builder(Ec2Network ec2, Ec2Addresses addresses) {
            this.ec2 = ec2;
            this.addresses = addresses;
        }

        /** The ranges for Pods. Default: the CIDR reservations; a claim outside is a warning. */
        public Builder rules(PodAddressRules newRules) {
            this.rules = newRules;
            return this;
        }

        /** Runs reads and changes side by side. Default: a daemon thread for each. */
        public Builder executor(Executor newExecutor) {
            this.executor = newExecutor;
            return this;
        }

        /** The clock, and the passing of time; for tests. Default: the system's. */
        public Builder time(Clock newClock, Sleeper newSleeper) {
            this.clock = newClock;
            this.sleeper = newSleeper;
            return this;
        }

        /** The entry point with these settings. */
        public PodAddresses build() {
            return new PodAddresses(this);
        }
    }
}
