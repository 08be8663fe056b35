package io.github.multus4j.internal.limits;

import java.time.Duration;

/**
 * All durations and limits of the core, each with its reason. {@code docs/timing.md} shows them as
 * a table, which a test compares with this class.
 */
public final class Timing {

    // The time of a run.

    /**
     * The time of a run without a deadline of its caller's: long enough for its turn in a storm,
     * and far below the default time-out of a hook, one hour.
     */
    public static final Duration RUN_TIME = Duration.ofMinutes(5);

    /**
     * The end of an event's time that is kept for the completion of its hook: a run that takes too
     * long does not leave the hook open as well.
     */
    public static final Duration COMPLETION_RESERVE = Duration.ofSeconds(3);

    /**
     * The most time that a run or a sweep keeps for its clean-up; a quarter of its time, if that is
     * less. Detaching takes seconds.
     */
    public static final Duration ROLL_BACK_RESERVE = Duration.ofSeconds(30);

    /** A pause that would be shorter ends the wait: no read comes between it and the deadline. */
    public static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    /**
     * The first pause before a read is repeated. Each further one is twice as long, so that quick
     * changes show early and slow ones cost few reads.
     */
    public static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /** The longest pause: a change is seen at most that much too late. */
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /**
     * The longest pause for something that may never come, such as an interface that was deleted:
     * fewer reads matter more than haste.
     */
    public static final Duration LONGEST_PAUSE_IN_DOUBT = Duration.ofSeconds(8);

    /**
     * The time between two looks at the clock while a run waits: a heartbeat or an interrupt is
     * never later than this.
     */
    public static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /**
     * The time that an executor has to begin the tasks of a roll-back. Then the calling thread runs
     * them, since a leak is worse than a delay.
     */
    public static final Duration CLEAN_UP_START = Duration.ofSeconds(5);

    /**
     * The least time that an executor has to begin a task, even close to the deadline: a busy
     * machine needs it to start a thread.
     */
    public static final Duration LEAST_TASK_START = Duration.ofMillis(200);

    /**
     * The time between two heartbeats. A hook's time-out is 30 s at least, so that one lost
     * heartbeat does no harm.
     */
    public static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(15);

    /** The time of a heartbeat's call: the next one comes soon. */
    public static final Duration HEARTBEAT_TIME = Duration.ofSeconds(5);

    /**
     * Room between the calls of a process beyond the rate of EC2: the network moves calls closer
     * together.
     */
    public static final Duration RATE_MARGIN = Duration.ofMillis(500);

    // The code of users.

    /** The time of a decision by a user's policy: it may make a call of its own. */
    public static final Duration POLICY_TIME = Duration.ofSeconds(10);

    /** The time of a user's listener: it only takes note. */
    public static final Duration LISTENER_TIME = Duration.ofSeconds(5);

    /**
     * The least time of a user's code, even close to the deadline: code that is quick is never told
     * to be late.
     */
    public static final Duration LEAST_CODE_TIME = Duration.ofMillis(100);

    /**
     * Late answers of the policies after which a run asks them no more: each costs its full time.
     */
    public static final int LATE_POLICY_CALLS = 3;

    /** Warnings about a listener in one outcome: further ones say the same. */
    public static final int LISTENER_WARNINGS = 3;

    // The delay of EC2's reads.

    /**
     * The longest time for which a read may not show something that EC2 has just made. EC2 is
     * eventually consistent and names no limit.
     */
    public static final Duration VISIBILITY = Duration.ofSeconds(60);

    /**
     * The time of a search for something that should exist, before it counts as deleted. New things
     * show within seconds, and deleted ones never show again.
     */
    public static final Duration SETTLING = Duration.ofSeconds(10);

    /** The same for something that a read has shown before: it is missing, and not new. */
    public static final Duration DELETION_VISIBILITY = Duration.ofSeconds(5);

    /**
     * The time of a search for an instance. Its event comes after the launch, so an instance that
     * does not show by then does not exist.
     */
    public static final Duration INSTANCE_VISIBILITY = Duration.ofSeconds(30);

    /**
     * The time for which security groups and instance types are remembered: they change rarely, and
     * a storm lasts minutes.
     */
    public static final Duration FACTS_TIME_TO_LIVE = Duration.ofMinutes(5);

    /**
     * The time for which an address is remembered that EC2 refused and no listing explains: as long
     * as a Lambda function runs.
     */
    public static final Duration REFUSAL_TIME_TO_LIVE = Duration.ofMinutes(15);

    // Nodes that launch together.

    /**
     * The age of a launch that still counts: earlier instances have their interfaces, since no
     * Lambda function runs longer.
     */
    public static final Duration LAUNCH_WINDOW = Duration.ofMinutes(15);

    /** A turn that is closer counts as now: waiting for it would cost another read. */
    public static final Duration TURN_TOLERANCE = Duration.ofMillis(300);

    /** The waits for a turn: each look can move it, and EC2 decides in the end. */
    public static final int TURN_WAITS = 3;

    /**
     * The time after which nodes that launch at once see each other. Before, both would take the
     * same place.
     */
    public static final Duration LAUNCH_VISIBILITY = Duration.ofMillis(1500);

    /**
     * The longest time that other nodes are assumed to need from launch to first call. A run that
     * comes later than that is late itself.
     */
    public static final Duration LONGEST_START = Duration.ofSeconds(30);

    // The choice of an address.

    /**
     * Client tokens of one slot in a run: each was used up by an interface that was rolled back.
     */
    public static final int CLIENT_TOKENS = 8;

    /**
     * Decisions about one address, while other runs of the process claim it first. EC2 decides
     * about the rest.
     */
    public static final int ADDRESS_DECISIONS = 100;

    /**
     * Conflicts that no listing explains before the listing counts as incomplete: one may be a
     * neighbour that is not listed yet.
     */
    public static final int UNEXPLAINED_CONFLICTS = 2;

    /**
     * The step of the pauses before the second look at a subnet, 1.6 s: nearly all that was just
     * made is listed by then.
     */
    public static final int SECOND_LISTING_PAUSE = 4;

    /**
     * Refused addresses that are tried again when nothing else is left: their owner may have given
     * them back.
     */
    public static final int REFUSED_ADDRESSES_TRIED = 2;

    /**
     * Addresses that are skipped for others before the next free one is taken: a policy is asked
     * for each.
     */
    public static final int SKIPPED_ADDRESSES = 4096;

    /**
     * Free addresses that a subnet keeps in hand when its shortage is judged: nodes that do not
     * show yet, and other users.
     */
    public static final int UNSEEN_ADDRESSES = 32;

    // The sweep.

    /**
     * The time between the two looks of a sweep: a run that is under way has attached its interface
     * by the second one.
     */
    public static final Duration SWEEP_LOOKS_APART = Duration.ofMinutes(1);

    /**
     * Removals of a sweep, and repairs, each: a mistake stays small, and the next sweep goes on.
     */
    public static final int SWEEP_REPAIRS = 50;

    /** Tries to delete one leak within a sweep. The next sweep goes on. */
    public static final int DELETION_TRIES = 3;

    /**
     * Further rounds of one assignment of Pods' addresses after a failure that a read may clear up.
     * Then the caller's next call goes on.
     */
    public static final int ADDRESS_ROUNDS = 2;

    /**
     * The time for which an address has to be without a Pod before it is released, that of the VPC
     * CNI: a peer that still sends to the old Pod does not reach the next one.
     */
    public static final Duration ADDRESS_COOLING = Duration.ofSeconds(30);

    /** Addresses and prefixes of one Pod: more than any interface can have. */
    public static final int POD_ADDRESSES = 256;

    /** Characters of an annotation: Kubernetes' own limit for all annotations of an object. */
    public static final int ANNOTATION_LENGTH = 256 * 1024;

    /** The pause between two tries to delete a leak. */
    public static final Duration DELETION_PAUSE = Duration.ofSeconds(1);

    /**
     * The wait after the first failed repair of a node; twice as long after each further one.
     * Shorter ones would repeat lasting failures.
     */
    public static final Duration FIRST_REPAIR_WAIT = Duration.ofMinutes(30);

    /**
     * The longest wait for a node's next repair: an operator's correction takes effect within a
     * day.
     */
    public static final Duration LONGEST_REPAIR_WAIT = Duration.ofDays(1);

    // Events.

    /**
     * Envelopes around an event, such as SNS in SQS. A limit ends the search in an event that nests
     * without end.
     */
    public static final int EVENT_DEPTH = 8;

    /** Records of one event: the largest batch that Lambda takes from SQS. */
    public static final int EVENT_RECORDS = 10_000;

    private Timing() {}

    /**
     * The end of a time that is reserved for the roll-back: a quarter of it, at most {@link
     * #ROLL_BACK_RESERVE}.
     */
    public static Duration rollBackReserve(Duration time) {
        Duration quarter = time.dividedBy(4);
        return quarter.compareTo(ROLL_BACK_RESERVE) < 0 ? quarter : ROLL_BACK_RESERVE;
    }
}
