package io.github.multus4j;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.simulation.SimulatedProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One safeguard of the library, disabled from outside: a layer between the library and EC2 undoes
 * its precaution.
 */
@SuppressWarnings("ImmutableEnumChecker") // Functions without state.
enum PlantedBug {
    RANDOM_TOKENS("client tokens differ from call to call", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
            return super.createNetworkInterface(
                    withToken(request, "random-" + process.random().nextLong()), deadline);
        }
    }),

    TOKENS_OF_ADDRESSES(
            "client tokens follow from the address, not from the slot alone", (ec2, process) -> new ForwardingEc2(ec2) {
                @Override
                public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
                    String token = request.clientToken().substring(0, 32) + request.ipv4Address();
                    return super.createNetworkInterface(withToken(request, token), deadline);
                }
            }),

    NO_NOTE_OF_USED_TOKENS("used client tokens are not noted", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {}
    }),

    NO_ADOPTION("what an earlier run left detached is overlooked", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
            return super.describeNetworkInterfaces(filters, deadline).stream()
                    .filter(i -> i.attachment() != null || !isOurs(i))
                    .toList();
        }
    }),

    NO_DETACH_BEFORE_DELETE("interfaces are deleted without being detached", (ec2, process) -> new ForwardingEc2(ec2) {

        private final Map<String, String> interfaceOf = new ConcurrentHashMap<>();

        @Override
        public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
            List<NetworkInterface> seen = super.describeNetworkInterfaces(filters, deadline);
            seen.forEach(i -> Optional.ofNullable(i.attachment()).ifPresent(at -> interfaceOf.put(at.id(), i.id())));
            return seen;
        }

        @Override
        public void detachNetworkInterface(String attachmentId, Deadline deadline) {
            super.deleteNetworkInterface(interfaceOf.get(attachmentId), deadline);
        }
    }),

    ONE_PAGE("listings end with their first page", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
            List<NetworkInterface> all = super.describeNetworkInterfaces(filters, deadline);
            return all.subList(0, Math.min(2, all.size()));
        }
    }),

    FAILED_LISTING_IS_EMPTY("a listing that fails is taken for an empty one", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
            try {
                return ec2.describeNetworkInterfaces(filters, Deadline.in(Duration.ofMillis(300), process.clock()));
            } catch (Ec2Exception e) {
                return List.of();
            }
        }
    }),

    RESERVED_ADDRESSES(
            "the addresses that EC2 keeps for itself are handed out",
            spec -> copy(spec, Addressing.allocatedBy((block, used, reservations) -> used.lowestAbsent(block)))),

    CIDR_RESERVATIONS("CIDR reservations are not read", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
            return List.of();
        }
    }),

    BLIND_REPEAT("a call without an answer is repeated without a look", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public String attachNetworkInterface(
                String networkInterfaceId,
                String instanceId,
                int deviceIndex,
                int networkCardIndex,
                Deadline deadline) {
            return twice(() -> super.attachNetworkInterface(
                    networkInterfaceId, instanceId, deviceIndex, networkCardIndex, deadline));
        }
    }),

    REPEAT_AS_THE_SDK_DOES(
            "a creation without an answer is repeated under another token", (ec2, process) -> new ForwardingEc2(ec2) {
                @Override
                public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
                    try {
                        return super.createNetworkInterface(request, deadline);
                    } catch (Ec2Exception e) {
                        if (e.kind() != Ec2Exception.Kind.OUTCOME_UNKNOWN) {
                            throw e;
                        }
                        return super.createNetworkInterface(
                                withToken(request, "again-" + process.random().nextLong()), deadline);
                    }
                }
            }),

    NO_MANAGED_TAG(
            "interfaces are made without the tag that hides them from the VPC CNI",
            (ec2, process) -> new ForwardingEc2(ec2) {
                @Override
                public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
                    Map<String, String> tags = new HashMap<>(request.tags());
                    tags.remove(OwnerTags.NO_MANAGE);
                    return super.createNetworkInterface(withTags(request, tags), deadline);
                }
            }),

    DEADLINES(
            "deadlines do not reach the calls",
            (ec2, process) -> new ForwardingEc2(ec2, given -> Deadline.in(Duration.ofHours(1), process.clock()))),

    NO_ROLL_BACK("what a failed run made is said to be removed and is not", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {}
    }),

    ONE_TRY_TO_DELETE("a deletion that fails is not tried again", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
            try {
                super.deleteNetworkInterface(networkInterfaceId, deadline);
            } catch (Ec2Exception e) {
                // As if it had succeeded.
            }
        }
    }),

    NO_DELETE_ON_TERMINATION("delete-on-termination is left off", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public void modifyDeleteOnTermination(
                String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {}
    }),

    STRANGERS_INTERFACES("interfaces of others count as ours", (ec2, process) -> new ForwardingEc2(ec2) {

        private volatile String asked;

        @Override
        public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
            List<Instance> instances = super.describeInstances(filters, deadline);
            instances.stream().findFirst().ifPresent(instance -> asked = instance.id());
            return instances;
        }

        @Override
        public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
            Optional<String> instance = Optional.ofNullable(asked);
            return super.describeNetworkInterfaces(filters, deadline).stream()
                    .map(i -> isOurs(i) || instance.isEmpty() ? i : ownedBy(i, instance.get()))
                    .toList();
        }
    }),

    NO_TRIGGER("instances that are not for us are taken for ours", (ec2, process) -> new ForwardingEc2(ec2) {
        @Override
        public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
            return super.describeInstances(filters, deadline).stream()
                    .map(i -> new Instance(
                            i.id(),
                            i.type(),
                            i.vpcId(),
                            i.zone(),
                            i.state(),
                            i.launchTime(),
                            i.attachments(),
                            Map.of("multus-ng", "true")))
                    .toList();
        }
    }),

    LAST_CAUSE("what went wrong last hides what went wrong first", (ec2, process) -> new LastRefusal(ec2)) {
        @Override
        Outcome reported(Outcome outcome, Ec2Network ec2) {
            Ec2Exception last = ((LastRefusal) ec2).last;
            return outcome instanceof Outcome.Failed failed && last != null
                    ? new Outcome.Failed(
                            failed.instanceId(),
                            new Cause(Cause.Code.EC2, String.valueOf(last.getMessage()), last),
                            failed.removed(),
                            failed.leftovers(),
                            failed.warnings())
                    : outcome;
        }
    },

    UNNAMED_LEFTOVERS("what could not be removed is not named", (ec2, process) -> ec2) {
        @Override
        Outcome reported(Outcome outcome, Ec2Network ec2) {
            return outcome instanceof Outcome.Failed failed
                    ? new Outcome.Failed(
                            failed.instanceId(), failed.cause(), failed.removed(), List.of(), failed.warnings())
                    : outcome;
        }
    };

    private final String what;
    private final BiFunction<Ec2Network, SimulatedProcess, Ec2Network> between;
    private final UnaryOperator<NodeGroupSpec> spec;

    PlantedBug(String what, BiFunction<Ec2Network, SimulatedProcess, Ec2Network> between) {
        this.what = what;
        this.between = between;
        this.spec = given -> given;
    }

    PlantedBug(String what, UnaryOperator<NodeGroupSpec> spec) {
        this.what = what;
        this.between = (ec2, process) -> ec2;
        this.spec = spec;
    }

    /** The outcome that the caller gets instead of the library's. */
    Outcome reported(Outcome outcome, Ec2Network ec2) {
        return outcome;
    }

    /** The library with this bug. */
    LibraryProgram program() {
        return new LibraryProgram() {
            @Override
            Ec2Network between(Ec2Network ec2, SimulatedProcess process) {
                return between.apply(ec2, process);
            }

            @Override
            NodeGroupSpec spec(NodeGroupSpec given) {
                return spec.apply(given);
            }

            @Override
            Outcome reported(Outcome outcome, Ec2Network ec2) {
                return PlantedBug.this.reported(outcome, ec2);
            }
        };
    }

    @Override
    public String toString() {
        return what;
    }

    /** Remembers EC2's last refusal. */
    private static final class LastRefusal extends ForwardingEc2 {

        private volatile Ec2Exception last;

        LastRefusal(Ec2Network ec2) {
            super(ec2);
        }

        @Override
        public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
            try {
                super.deleteNetworkInterface(networkInterfaceId, deadline);
            } catch (Ec2Exception e) {
                last = e;
                throw e;
            }
        }

        @Override
        public void detachNetworkInterface(String attachmentId, Deadline deadline) {
            try {
                super.detachNetworkInterface(attachmentId, deadline);
            } catch (Ec2Exception e) {
                last = e;
                throw e;
            }
        }
    }

    private static boolean isOurs(NetworkInterface i) {
        return i.tags().containsKey(OwnerTags.INSTANCE_ID);
    }

    private static <T> T twice(Supplier<T> call) {
        try {
            return call.get();
        } catch (Ec2Exception e) {
            if (e.kind() != Ec2Exception.Kind.OUTCOME_UNKNOWN) {
                throw e;
            }
            return call.get();
        }
    }

    private static NodeGroupSpec copy(NodeGroupSpec spec, Addressing addressing) {
        return NodeGroupSpec.builder()
                .trigger(spec.trigger().key())
                .subnets(spec.subnets())
                .securityGroups(spec.securityGroups())
                .addressing(addressing)
                .onFailure(spec.onFailure())
                .hooks(spec.hooks().toArray(String[]::new))
                .build();
    }

    private static NewNetworkInterface withToken(NewNetworkInterface r, String token) {
        return new NewNetworkInterface(
                r.subnetId(),
                r.ipv4Address(),
                r.ipv6Addresses(),
                r.ipv6AddressCount(),
                r.securityGroupIds(),
                r.description(),
                r.tags(),
                token.substring(0, Math.min(64, token.length())));
    }

    private static NewNetworkInterface withTags(NewNetworkInterface r, Map<String, String> tags) {
        return new NewNetworkInterface(
                r.subnetId(),
                r.ipv4Address(),
                r.ipv6Addresses(),
                r.ipv6AddressCount(),
                r.securityGroupIds(),
                r.description(),
                tags,
                r.clientToken());
    }

    private static NetworkInterface ownedBy(NetworkInterface i, String instanceId) {
        Map<String, String> tags = new HashMap<>(i.tags());
        tags.putAll(OwnerTags.of(instanceId, 1));
        return new NetworkInterface(
                i.id(),
                i.subnetId(),
                i.vpcId(),
                i.zone(),
                i.macAddress(),
                i.description(),
                i.status(),
                i.sourceDestCheck(),
                i.securityGroupIds(),
                i.ipv4Addresses(),
                i.ipv6Addresses(),
                i.prefixes(),
                i.attachment(),
                tags);
    }
}
