package io.github.multus4j;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.internal.pod.AddressReconciler;
import io.github.multus4j.internal.pod.AddressReleaser;
import io.github.multus4j.internal.pod.NodeReader;
import io.github.multus4j.internal.pod.ReservationReader;
import io.github.multus4j.internal.run.RateLimiter;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.pod.AddressPlan;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.ClusterPods;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.PodAddressRules;
import io.github.multus4j.pod.ReleasePlan.Memory;
import io.github.multus4j.pod.ReleasePlanner;
import io.github.multus4j.pod.ReleaseReport;
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
    private final AddressReleaser releaser;
    private final RunEnvironment environment;
    private final RateLimiter rateLimiter;

    private PodAddresses(Builder builder) {
        this.environment = new RunEnvironment(
                builder.clock, builder.sleeper, builder.executor, AttachListener.NONE, CallRates.unlimited());
        this.rateLimiter = new RateLimiter(CallRates.unlimited());
        ReservationReader reservations = new ReservationReader(builder.ec2, builder.clock);
        this.reconciler = new AddressReconciler(
                new NodeReader(builder.ec2, reservations, builder.clock), builder.addresses, builder.rules);
        this.releaser = new AddressReleaser(builder.ec2, builder.addresses, reservations, builder.rules);
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
     * claims stay: see {@link #release}.
     *
     * @throws Ec2Exception if EC2 could not be read in time; a change that fails is in the report
     */
    public AddressReport assign(NodePods node, Deadline deadline) {
        return reconciler.assign(run(deadline), node);
    }

    /**
     * One look at the addresses of a cluster: releases those that no living Pod has claimed for the
     * cooling time, by the rules of {@link ReleasePlanner}. Call it about every ten seconds, from
     * one process of the cluster, each time with the memory of the call before.
     *
     * @param cluster a fresh look at Kubernetes
     * @param memory the memory of the look before; {@link Memory#empty()} at first
     * @throws Ec2Exception if EC2 could not be read: keep the memory, and look again later
     */
    public ReleaseReport release(ClusterPods cluster, Memory memory, Deadline deadline) {
        return releaser.release(run(deadline), cluster, memory);
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
