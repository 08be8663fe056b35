package io.github.multus4j.nodegroup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a node group's nodes: one network interface for each Multus subnet of a
 * node's zone. Immutable and thread-safe; made by {@link #builder()} or, from the reference
 * Lambda's variables, by {@link #fromEnvironment}.
 */
public final class NodeGroupSpec {

    private final @Nullable TriggerTag trigger;
    private final SubnetSelection subnets;
    private final SecurityGroups securityGroups;
    private final Addressing addressing;
    private final Map<String, String> interfaceTags;
    private final @Nullable String description;
    private final NetworkCards networkCards;
    private final boolean localNetworkInterfaces;
    private final boolean otherVpcs;
    private final boolean sourceDestCheck;
    private final boolean deleteOnTermination;
    private final TypeLimits typeLimits;
    private final DeviceIndexPolicy deviceIndexes;
    private final OnFailure onFailure;
    private final Set<String> hooks;
    private final List<Problem> warnings;

    private NodeGroupSpec(Builder builder, SubnetSelection subnets, SecurityGroups securityGroups) {
        this.trigger = builder.trigger;
        this.subnets = subnets;
        this.securityGroups = securityGroups;
        this.addressing = builder.addressing;
        this.interfaceTags = Map.copyOf(builder.interfaceTags);
        this.description = builder.description;
        this.networkCards = builder.networkCards;
        this.localNetworkInterfaces = builder.localNetworkInterfaces;
        this.otherVpcs = builder.otherVpcs;
        this.sourceDestCheck = builder.sourceDestCheck;
        this.deleteOnTermination = builder.deleteOnTermination;
        this.typeLimits = builder.typeLimits;
        this.deviceIndexes = builder.deviceIndexes;
        this.onFailure = builder.onFailure;
        this.hooks = Set.copyOf(builder.hooks);
        this.warnings = List.copyOf(builder.warnings);
    }

    /** The same with other subnets, security groups and addressing. */
    public NodeGroupSpec with(SubnetSelection newSubnets, SecurityGroups newGroups, Addressing newAddressing) {
        return new NodeGroupSpec(new Builder(this).addressing(newAddressing), newSubnets, newGroups);
    }

    /** A builder; its methods have the required settings and the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The spec of the reference Lambda's environment variables, so that a stack can swap the
     * function and keep its parameters:
     *
     * <ul>
     *   <li>{@code Az1SubnetIds}, {@code Az2SubnetIds}, {@code SubnetIds}: subnet ids, separated by
     *   commas; together at least one. The zones in the names do not matter. A subnet of several
     *   lists is taken once.
     *   <li>{@code SubnetTag}, an addition: {@code key} or {@code key=value}, the tag of the
     *   subnets, instead of their ids; see {@link SubnetSelection#tagged(String)}.
     *   <li>{@code SecGroupIds}: security group ids, separated by commas; paired by position within
     *   a zone, and where the counts differ the first serves all.
     *   <li>{@code TargetNodeGroupTagKey}: the trigger tag's key. {@code TargetNodeGroupTagValue},
     *   an addition: the required value.
     *   <li>{@code useStaticIPs}: {@code true} for the lowest free addresses, {@code false} or
     *   nothing for EC2's choice.
     *   <li>{@code ENITags}: {@code key=value} pairs, separated by commas; a value may contain
     *   {@code =}.
     *   <li>{@code LifecycleHookNames}, an addition: the lifecycle hooks that this library
     *   completes, separated by commas.
     *   <li>{@code NetworkCards}, an addition: {@code auto} or nothing for the lowest network card
     *   that has room; or one index for all interfaces; or indexes in device order; or
     *   {@code subnet-id=index} pairs. See {@link NetworkCards}.
     *   <li>{@code OtherVpcs}, an addition: {@code true} if subnets of other VPCs than the
     *   instance's count, see {@link Builder#otherVpcs}.
     *   <li>{@code LocalNetworkInterfaces}, an addition: {@code true} for local network interfaces
     *   on Outposts servers, see {@link Builder#localNetworkInterfaces}.
     * </ul>
     *
     * <p>Harmless values of a running stack with one clear meaning are accepted and listed by
     * {@link #warnings()}: equal subnet lists, quotation marks, {@code yes} and {@code no},
     * {@code none} for no tags, text that is no tag.
     *
     * @param environment the variables, as from {@code System.getenv()}; others are ignored
     * @throws InvalidSpecException with all problems at once, by variable
     */
    public static NodeGroupSpec fromEnvironment(Map<String, String> environment) {
        return read(new EnvironmentReader(environment, true));
    }

    /**
     * The spec of one node that is named by its id, as in an agent on the node. As
     * {@link #fromEnvironment}, but {@code TargetNodeGroupTagKey} is not required. Without it the
     * spec is one {@linkplain Builder#withoutTrigger() without a trigger}.
     *
     * @param settings the variables; others are ignored
     * @throws InvalidSpecException with all problems at once, by variable
     */
    public static NodeGroupSpec ofNamedNode(Map<String, String> settings) {
        return read(new EnvironmentReader(settings, false));
    }

    private static NodeGroupSpec read(EnvironmentReader reader) {
        return new Builder(reader.read()).warnings(reader.warnings()).build();
    }

    /**
     * The tag by which an instance asks for interfaces; null if the spec is only for instances that
     * are named by their ids.
     */
    public @Nullable TriggerTag trigger() {
        return trigger;
    }

    /**
     * The trigger, for callers that find instances by it or handle the instances of events.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TriggerTag requireTrigger() {
        if (trigger == null) {
            throw new IllegalArgumentException(new Problem(
                            "trigger", "", "required here: this spec is only for instances that are named by their ids")
                    .toString());
        }
        return trigger;
    }

    /** The selection of the subnets. */
    public SubnetSelection subnets() {
        return subnets;
    }

    /** The security groups of each interface. */
    public SecurityGroups securityGroups() {
        return securityGroups;
    }

    /** The choice of the addresses. */
    public Addressing addressing() {
        return addressing;
    }

    /** The user's own tags, without the owner tags of {@link OwnerTags}. */
    public Map<String, String> interfaceTags() {
        return interfaceTags;
    }

    /**
     * The description of the interfaces; null for one that names the instance and the place in the
     * device order.
     */
    public @Nullable String description() {
        return description;
    }

    /**
     * The network card that all interfaces are attached to; 0 if there is no such card. See {@link
     * #networkCards}.
     */
    public int networkCard() {
        return networkCards.only().orElse(0);
    }

    /** The network card that each interface is attached to. */
    public NetworkCards networkCards() {
        return networkCards;
    }

    /**
     * Whether the interface of a subnet with {@code enableLniAtDeviceIndex} is attached at that
     * index.
     */
    public boolean localNetworkInterfaces() {
        return localNetworkInterfaces;
    }

    /** Whether subnets of VPCs other than the instance's count. */
    public boolean otherVpcs() {
        return otherVpcs;
    }

    /** Whether EC2 checks the source and destination of the interfaces' packets. */
    public boolean sourceDestCheck() {
        return sourceDestCheck;
    }

    /** Whether the interfaces are deleted when their instance is terminated. */
    public boolean deleteOnTermination() {
        return deleteOnTermination;
    }

    /** The reaction to an instance type with too few interfaces. */
    public TypeLimits typeLimits() {
        return typeLimits;
    }

    /** The device indexes that an interface may have. */
    public DeviceIndexPolicy deviceIndexes() {
        return deviceIndexes;
    }

    /** The treatment of a failed run's interfaces. */
    public OnFailure onFailure() {
        return onFailure;
    }

    /**
     * The lifecycle hooks that this library completes. Other hooks are left untouched, such as
     * EKS's own {@code Launch-LC-Hook}.
     */
    public Set<String> hooks() {
        return hooks;
    }

    /**
     * The suspicious variables that were accepted, and their interpretation; empty for a spec of
     * the builder. Log them once, when the program starts: they stop nothing.
     */
    public List<Problem> warnings() {
        return warnings;
    }

    /** One line: trigger, subnets, groups, addressing. */
    @Override
    public String toString() {
        return (trigger == null ? "nodes named by id" : "nodes tagged " + trigger) + ": subnets " + subnets
                + "; security groups for " + securityGroups + "; addresses " + addressing;
    }

    /**
     * Builds a {@link NodeGroupSpec}. Required: {@code trigger}, {@code subnets} and
     * {@code securityGroups}. Setting a thing again replaces it. Not thread-safe.
     */
    public static final class Builder {

        private @Nullable TriggerTag trigger;
        private boolean triggerRequired = true;
        private @Nullable SubnetSelection subnets;
        private @Nullable SecurityGroups securityGroups;
        private Addressing addressing = Addressing.lowestFree();
        private Map<String, String> interfaceTags = Map.of();
        private @Nullable String description;
        private NetworkCards networkCards = NetworkCards.auto();
        private boolean localNetworkInterfaces = false;
        private boolean otherVpcs = false;
        private boolean sourceDestCheck = false;
        private boolean deleteOnTermination = true;
        private TypeLimits typeLimits = TypeLimits.REFUSE;
        private DeviceIndexPolicy deviceIndexes = DeviceIndexPolicy.LOWEST_FREE;
        private OnFailure onFailure = OnFailure.ROLL_BACK;
        private List<String> hooks = List.of();
        private List<Problem> warnings = List.of();

        private Builder() {}

        private Builder(EnvironmentReader.Settings settings) {
            trigger = settings.trigger();
            triggerRequired = settings.trigger() != null;
            subnets = settings.subnets();
            securityGroups = settings.securityGroups();
            addressing = settings.addressing();
            interfaceTags = new TreeMap<>(settings.interfaceTags());
            deviceIndexes = settings.deviceIndexes();
            hooks = settings.hooks();
            networkCards = settings.networkCards();
            otherVpcs = settings.otherVpcs();
            localNetworkInterfaces = settings.localNetworkInterfaces();
        }

        /** With the settings of a spec, but for its subnets and security groups. */
        private Builder(NodeGroupSpec other) {
            trigger = other.trigger;
            addressing = other.addressing;
            interfaceTags = other.interfaceTags;
            description = other.description;
            networkCards = other.networkCards;
            localNetworkInterfaces = other.localNetworkInterfaces;
            otherVpcs = other.otherVpcs;
            sourceDestCheck = other.sourceDestCheck;
            deleteOnTermination = other.deleteOnTermination;
            typeLimits = other.typeLimits;
            deviceIndexes = other.deviceIndexes;
            onFailure = other.onFailure;
            hooks = List.copyOf(other.hooks);
            warnings = other.warnings;
        }

        /**
         * Required: instances that carry this tag, with any value, get interfaces; others are
         * skipped.
         */
        public Builder trigger(String tagKey) {
            return trigger(new TriggerTag(tagKey, null));
        }

        /** As {@link #trigger(String)}, with the value that the tag must have. */
        public Builder trigger(String tagKey, String tagValue) {
            return trigger(new TriggerTag(tagKey, tagValue));
        }

        private Builder trigger(TriggerTag tag) {
            this.trigger = tag;
            this.triggerRequired = true;
            return this;
        }

        /**
         * No trigger: the caller names each instance by its id, as an agent on the instance does,
         * and no tag is required. Events and sweeps, which find instances by themselves, refuse
         * such a spec.
         */
        public Builder withoutTrigger() {
            this.trigger = null;
            this.triggerRequired = false;
            return this;
        }

        /**
         * Required, or one of its alternatives: the Multus subnets by id, of any number of zones.
         * Their order is the device order.
         */
        public Builder subnets(String... subnetIds) {
            return subnets(SubnetSelection.ids(List.of(subnetIds)));
        }

        /** The Multus subnets by a selection, such as {@link SubnetSelection#tagged(String)}. */
        public Builder subnets(SubnetSelection selection) {
            this.subnets = selection;
            return this;
        }

        /** Required: the security groups of the interfaces. */
        public Builder securityGroups(SecurityGroups groups) {
            this.securityGroups = groups;
            return this;
        }

        /** The choice of the addresses. Default: {@link Addressing#lowestFree()}. */
        public Builder addressing(Addressing chosen) {
            this.addressing = chosen;
            return this;
        }

        /**
         * Tags for the interfaces, at most 47, beside those of {@link OwnerTags}. Default: none.
         */
        public Builder interfaceTags(Map<String, String> tags) {
            // Sorted, so that problems come in the same order in every run.
            this.interfaceTags = new TreeMap<>(tags);
            return this;
        }

        /**
         * The interfaces' description, at most 255 characters. Default: one that names instance and
         * place.
         */
        public Builder description(String text) {
            this.description = text;
            return this;
        }

        /**
         * The network card that all interfaces are attached to. It replaces {@link #networkCards}.
         */
        public Builder networkCard(int networkCardIndex) {
            return networkCards(NetworkCards.only(networkCardIndex));
        }

        /**
         * The network card that each interface is attached to. Default: {@link
         * NetworkCards#auto()}.
         */
        public Builder networkCards(NetworkCards cards) {
            this.networkCards = cards;
            return this;
        }

        /**
         * Whether the interface of a subnet that has {@code enableLniAtDeviceIndex} is attached at
         * exactly that index, so that it becomes a local network interface of the Outposts server.
         * Default: false, the interface gets another index.
         *
         * @see <a
         *     href="https://docs.aws.amazon.com/outposts/latest/server-userguide/local-network-interface.html">Local
         *     network interfaces</a>
         */
        public Builder localNetworkInterfaces(boolean enabled) {
            this.localNetworkInterfaces = enabled;
            return this;
        }

        /**
         * Whether an instance gets interfaces in subnets of other VPCs than its own, of its account
         * and zone. Default: false. A subnet of another VPC is then left out, and an instance
         * without a subnet in its VPC is skipped, so that several clusters of one account can use
         * the same trigger tag.
         *
         * @see <a
         *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/scenarios-enis.html">Interfaces
         *     of several VPCs at one instance</a>
         */
        public Builder otherVpcs(boolean enabled) {
            this.otherVpcs = enabled;
            return this;
        }

        /**
         * Whether EC2 checks the source and destination of the interfaces' packets. Default: false,
         * as packet cores need it.
         */
        public Builder sourceDestCheck(boolean enabled) {
            this.sourceDestCheck = enabled;
            return this;
        }

        /** Whether the interfaces are deleted when their instance is terminated. Default: true. */
        public Builder deleteOnTermination(boolean enabled) {
            this.deleteOnTermination = enabled;
            return this;
        }

        /**
         * The reaction to an instance type with too few interfaces. Default:
         * {@link TypeLimits#REFUSE}.
         */
        public Builder typeLimits(TypeLimits policy) {
            this.typeLimits = policy;
            return this;
        }

        /**
         * The device indexes that an interface may have. Default:
         * {@link DeviceIndexPolicy#LOWEST_FREE}.
         */
        public Builder deviceIndexes(DeviceIndexPolicy policy) {
            this.deviceIndexes = policy;
            return this;
        }

        /** The treatment of a failed run's interfaces. Default: {@link OnFailure#ROLL_BACK}. */
        public Builder onFailure(OnFailure policy) {
            this.onFailure = policy;
            return this;
        }

        /**
         * The lifecycle hooks that this library completes. EKS's own, {@code Launch-LC-Hook} and
         * {@code Terminate-LC-Hook}, are refused. Default: none.
         */
        public Builder hooks(String... lifecycleHookNames) {
            this.hooks = List.of(lifecycleHookNames);
            return this;
        }

        /** The warnings of the reader of the settings. */
        Builder warnings(List<Problem> odd) {
            this.warnings = odd;
            return this;
        }

        /**
         * The spec.
         *
         * @throws InvalidSpecException with all problems at once, by field
         */
        public NodeGroupSpec build() {
            SpecRules rules = new SpecRules();
            rules.trigger("trigger", trigger, triggerRequired);
            if (subnets == null) {
                rules.problem("subnets", "", "required: at least one Multus subnet");
            } else {
                rules.decision(subnets.problems("subnets"));
            }
            if (securityGroups == null || securityGroups.all().isEmpty()) {
                rules.problem(
                        "securityGroups", securityGroups == null ? "" : "[]", "required: at least one security group");
            }
            if (securityGroups != null) {
                rules.securityGroupIds("securityGroups", securityGroups.all());
                rules.decision(securityGroups.problems("securityGroups"));
            }
            addressing.allocation().ifPresent(allocation -> rules.decision(allocation.problems("addressing")));
            rules.interfaceTags("interfaceTags", interfaceTags);
            if (description != null) {
                rules.description("description", description);
            }
            rules.networkCards(networkCards.only().isPresent() ? "networkCard" : "networkCards", networkCards);
            if (subnets != null) {
                rules.subnetsOfCards("networkCards", networkCards, subnets::mayInclude);
                rules.otherVpcs("otherVpcs", otherVpcs, subnets.isOfInstancesVpc());
            }
            rules.hookNames("hooks", hooks);
            List<Problem> problems = rules.problems();
            if (!problems.isEmpty() || subnets == null || securityGroups == null) {
                throw new InvalidSpecException(problems);
            }
            return new NodeGroupSpec(this, subnets, securityGroups);
        }
    }
}
