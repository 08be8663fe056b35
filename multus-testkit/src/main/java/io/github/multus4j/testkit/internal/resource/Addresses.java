package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignedIpv4;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ChangedIpv6;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.rule.AddressRule;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredInterface.At;
import io.github.multus4j.testkit.internal.state.World;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for an interface's addresses, at its creation and afterwards. */
public final class Addresses {

    private static final int MAXIMUM_DETACHED = 50;

    private final World world;

    public Addresses(World world) {
        this.world = world;
    }

    /** Gives a new interface its addresses. */
    static void fill(World world, StoredInterface made, CreateNetworkInterface request) {
        checkForms(request);
        if (made.interfaceType.equals(StoredInterface.EFA_ONLY)) {
            return;
        }
        AddressSpace space = new AddressSpace(world, made.subnet);
        if (made.subnet.ipv4Cidr != null
                || request.privateIpAddress() != null
                || !request.secondaryPrivateIpAddresses().isEmpty()) {
            made.ipv4Addresses.add(
                    request.privateIpAddress() == null
                            ? space.choose(true)
                            : space.take(request.privateIpAddress(), true));
        }
        made.ipv4Addresses.addAll(choice(
                request.secondaryPrivateIpAddresses(),
                request.secondaryPrivateIpAddressCount(),
                text -> space.take(text, true),
                () -> space.choose(true)));
        made.ipv4Prefixes.addAll(choice(
                request.ipv4Prefixes(),
                request.ipv4PrefixCount(),
                text -> space.takePrefix(text, true),
                () -> space.choosePrefix(true)));
        Integer ipv6Count = request.ipv6AddressCount();
        boolean needed = made.subnet.ipv6Native || (ipv6Count == null && made.subnet.assignIpv6AddressOnCreation);
        if (needed && request.ipv6Addresses().isEmpty()) {
            ipv6Count = Math.max(1, ipv6Count == null ? 0 : ipv6Count);
        }
        made.ipv6Addresses.addAll(
                choice(request.ipv6Addresses(), ipv6Count, text -> space.take(text, false), () -> space.choose(false)));
        made.ipv6Prefixes.addAll(choice(
                request.ipv6Prefixes(),
                request.ipv6PrefixCount(),
                text -> space.takePrefix(text, false),
                () -> space.choosePrefix(false)));
        checkLimit(made.ipv4Addresses.size() + made.ipv4Prefixes.size(), MAXIMUM_DETACHED);
        checkLimit(made.ipv6Addresses.size() + made.ipv6Prefixes.size(), MAXIMUM_DETACHED);
    }

    /**
     * A new interface takes one of four forms for each family; an IPv4 primary address goes with
     * all.
     */
    private static void checkForms(CreateNetworkInterface request) {
        checkCount(
                "secondaryPrivateIpAddressCount",
                request.secondaryPrivateIpAddressCount(),
                request.secondaryPrivateIpAddresses());
        checkCount("ipv4PrefixCount", request.ipv4PrefixCount(), request.ipv4Prefixes());
        checkCount("ipv6AddressCount", request.ipv6AddressCount(), request.ipv6Addresses());
        checkCount("ipv6PrefixCount", request.ipv6PrefixCount(), request.ipv6Prefixes());
        checkFamily(
                "IPv4",
                isAsked(request.secondaryPrivateIpAddresses(), request.secondaryPrivateIpAddressCount()),
                isAsked(request.ipv4Prefixes(), request.ipv4PrefixCount()));
        checkFamily(
                "IPv6",
                isAsked(request.ipv6Addresses(), request.ipv6AddressCount()),
                isAsked(request.ipv6Prefixes(), request.ipv6PrefixCount()));
    }

    private static boolean isAsked(List<String> values, @Nullable Integer count) {
        return !values.isEmpty() || (count != null && count > 0);
    }

    private static void checkFamily(String family, boolean addresses, boolean prefixes) {
        if (addresses && prefixes) {
            throw AddressRule.ADDRESSES_IN_TWO_FORMS.error(
                    family + " addresses and " + family + " prefixes may not be specified on the same request");
        }
    }

    private static void checkCount(String parameter, @Nullable Integer count, List<String> values) {
        if (count != null && count < 0) {
            throw AddressRule.ADDRESS_COUNT_NEGATIVE.error(
                    "Value (" + count + ") for parameter " + parameter + " is invalid. It must not be negative.");
        }
        if (!values.isEmpty() && count != null && count > 0) {
            throw AddressRule.ADDRESSES_BY_VALUE_AND_COUNT.error(
                    "Addresses or prefixes and " + parameter + " may not be specified on the same request");
        }
    }

    private static <T> List<T> choice(
            List<String> values, @Nullable Integer count, Function<String, T> take, Supplier<T> choose) {
        return Stream.concat(
                        values.stream().map(take),
                        IntStream.range(0, count == null ? 0 : count).mapToObj(n -> choose.get()))
                .toList();
    }

    private static void checkLimit(int count, int limit) {
        if (count > limit) {
            throw AddressRule.ADDRESSES_OVER_LIMIT.error("Number of private addresses will exceed limit.");
        }
    }

    private int limit(StoredInterface i, Function<InstanceType, Integer> ofType) {
        At at = i.at;
        return at == null ? MAXIMUM_DETACHED : ofType.apply(world.instances.get(at.instanceId()).type);
    }

    public AssignedIpv4 assignIpv4(AssignPrivateIpAddresses request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        i.checkNotManaged();
        checkSomething(
                request.privateIpAddresses(),
                request.secondaryPrivateIpAddressCount(),
                request.ipv4Prefixes(),
                request.ipv4PrefixCount());
        checkCount(
                "secondaryPrivateIpAddressCount",
                request.secondaryPrivateIpAddressCount(),
                request.privateIpAddresses());
        checkCount("ipv4PrefixCount", request.ipv4PrefixCount(), request.ipv4Prefixes());
        AddressSpace space = new AddressSpace(world, i.subnet);
        Set<IpAddress> moving = new LinkedHashSet<>();
        Set<IpAddress> refused = new LinkedHashSet<>();
        Set<IpAddress> fresh = new LinkedHashSet<>();
        for (String text : request.privateIpAddresses()) {
            IpAddress address = space.usable(text, true)
                    .orElseThrow(() -> AddressRule.ASSIGN_ADDRESS_UNUSABLE.error("secondary-addresses"));
            Optional<StoredInterface> owner = space.owner(address);
            if (owner.isEmpty()) {
                fresh.add(address);
            } else if (!i.ipv4Addresses.contains(address)) {
                checkNotPrimary(owner.get(), address);
                (mayMove(owner.get(), address, request.allowReassignment()) ? moving : refused).add(address);
            }
        }
        if (!refused.isEmpty()) {
            throw AddressRule.REASSIGN_NOT_ALLOWED.error(refused + " assigned, but move is not allowed.");
        }
        List<IpAddress> addresses = new ArrayList<>(moving);
        addresses.addAll(choice(
                texts(fresh),
                request.secondaryPrivateIpAddressCount(),
                text -> space.take(text, true),
                () -> space.choose(true)));
        List<Cidr> prefixes = choice(
                request.ipv4Prefixes(),
                request.ipv4PrefixCount(),
                text -> space.takePrefix(text, true),
                () -> space.choosePrefix(true));
        checkLimit(
                i.ipv4Addresses.size() + i.ipv4Prefixes.size() + addresses.size() + prefixes.size(),
                limit(i, InstanceType::ipv4AddressesPerInterface));
        world.interfaces.all().stream()
                .filter(other -> other.subnet == i.subnet)
                .forEach(other -> other.changeAddresses(world.now(), () -> other.ipv4Addresses.removeAll(moving)));
        i.changeAddresses(world.now(), () -> {
            i.ipv4Addresses.addAll(addresses);
            i.ipv4Prefixes.addAll(prefixes);
        });
        return new AssignedIpv4(i.id, List.copyOf(addresses), prefixes);
    }

    private static List<String> texts(Set<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).toList();
    }

    private static void checkNotPrimary(StoredInterface owner, IpAddress address) {
        if (owner.ipv4Addresses.indexOf(address) == 0) {
            throw AddressRule.REASSIGN_PRIMARY.error(
                    "Address " + address + " is the primary address of another interface and cannot be reassigned");
        }
    }

    private static boolean mayMove(StoredInterface owner, IpAddress address, boolean allowed) {
        return allowed && !owner.managed && owner.ipv4Addresses.contains(address);
    }

    public Boolean unassignIpv4(UnassignPrivateIpAddresses request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        i.checkNotManaged();
        checkSomething(request.privateIpAddresses(), null, request.ipv4Prefixes(), null);
        List<IpAddress> addresses = owned(i, request.privateIpAddresses(), IpAddress::tryParse, i.ipv4Addresses);
        List<Cidr> prefixes = owned(i, request.ipv4Prefixes(), Cidr::tryParse, i.ipv4Prefixes);
        if (!i.ipv4Addresses.isEmpty() && addresses.contains(i.ipv4Addresses.get(0))) {
            throw AddressRule.UNASSIGN_PRIMARY.error(
                    "The primary address " + i.ipv4Addresses.get(0) + " of '" + i.id + "' cannot be unassigned.");
        }
        i.changeAddresses(world.now(), () -> {
            i.ipv4Addresses.removeAll(addresses);
            i.ipv4Prefixes.removeAll(prefixes);
        });
        return true;
    }

    public ChangedIpv6 assignIpv6(AssignIpv6Addresses request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        i.checkNotManaged();
        checkSomething(
                request.ipv6Addresses(), request.ipv6AddressCount(), request.ipv6Prefixes(), request.ipv6PrefixCount());
        checkCount("ipv6AddressCount", request.ipv6AddressCount(), request.ipv6Addresses());
        checkCount("ipv6PrefixCount", request.ipv6PrefixCount(), request.ipv6Prefixes());
        AddressSpace space = new AddressSpace(world, i.subnet);
        Set<IpAddress> fresh = new LinkedHashSet<>();
        for (String text : request.ipv6Addresses()) {
            IpAddress address = space.read(text, false);
            if (!i.ipv6Addresses.contains(address)) {
                space.owner(address).ifPresent(owner -> {
                    throw AddressRule.ASSIGN_IPV6_IN_USE.error("Address " + address + " is in use");
                });
                fresh.add(address);
            }
        }
        List<IpAddress> addresses = choice(
                texts(fresh), request.ipv6AddressCount(), text -> space.take(text, false), () -> space.choose(false));
        List<Cidr> prefixes = choice(
                request.ipv6Prefixes(),
                request.ipv6PrefixCount(),
                text -> space.takePrefix(text, false),
                () -> space.choosePrefix(false));
        checkLimit(
                i.ipv6Addresses.size() + i.ipv6Prefixes.size() + addresses.size() + prefixes.size(),
                limit(i, InstanceType::ipv6AddressesPerInterface));
        i.changeAddresses(world.now(), () -> {
            i.ipv6Addresses.addAll(addresses);
            i.ipv6Prefixes.addAll(prefixes);
        });
        return new ChangedIpv6(i.id, addresses, prefixes);
    }

    public ChangedIpv6 unassignIpv6(UnassignIpv6Addresses request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        i.checkNotManaged();
        checkSomething(request.ipv6Addresses(), null, request.ipv6Prefixes(), null);
        List<IpAddress> addresses = owned(i, request.ipv6Addresses(), IpAddress::tryParse, i.ipv6Addresses);
        List<Cidr> prefixes = owned(i, request.ipv6Prefixes(), Cidr::tryParse, i.ipv6Prefixes);
        i.changeAddresses(world.now(), () -> {
            i.ipv6Addresses.removeAll(addresses);
            i.ipv6Prefixes.removeAll(prefixes);
        });
        return new ChangedIpv6(i.id, addresses, prefixes);
    }

    private static void checkSomething(
            List<String> addresses,
            @Nullable Integer addressCount,
            List<String> prefixes,
            @Nullable Integer prefixCount) {
        if (addresses.isEmpty() && addressCount == null && prefixes.isEmpty() && prefixCount == null) {
            throw AddressRule.ASSIGN_NOTHING.error(
                    "The request must contain addresses, prefixes, or a count of one of them");
        }
    }

    private static <T> List<T> owned(
            StoredInterface i, List<String> texts, Function<String, Optional<T>> parse, List<T> own) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            values.add(parse.apply(text)
                    .filter(own::contains)
                    .orElseThrow(() -> AddressRule.UNASSIGN_NOT_ASSIGNED.error(
                            "Some of the specified addresses are not assigned to interface " + i.id)));
        }
        return values;
    }
}
