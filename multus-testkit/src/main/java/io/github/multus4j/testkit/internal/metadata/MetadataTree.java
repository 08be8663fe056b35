package io.github.multus4j.testkit.internal.metadata;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.http.Json;
import io.github.multus4j.testkit.internal.resource.Zones;
import io.github.multus4j.testkit.internal.state.AddressHistory;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All metadata of one instance at one time: folders, and texts in them. */
final class MetadataTree {

    private static final String ROLE = "multus-node";
    private static final Duration CREDENTIALS_LAST = Duration.ofHours(6);

    private final Map<String, Object> root = new TreeMap<>();

    private MetadataTree() {}

    /**
     * Needs the world's lock.
     *
     * @param instanceId null for the instance that was launched last; an unknown instance has no
     *     metadata
     * @param role whether it has an instance profile
     * @param tags whether its tags are shown
     */
    static MetadataTree of(World world, @Nullable String instanceId, boolean role, boolean tags) {
        MetadataTree tree = new MetadataTree();
        StoredInstance instance = instanceId == null ? newest(world) : world.instances.find(instanceId);
        if (instance != null) {
            tree.add(world, instance);
            if (role) {
                tree.addRole(world.now());
            }
            if (tags) {
                instance.tags().forEach((key, value) -> tree.put(value, "meta-data", "tags", "instance", key));
            }
        }
        return tree;
    }

    private static @Nullable StoredInstance newest(World world) {
        return world.instances.all().stream()
                .max(Comparator.comparingLong(i -> i.order))
                .orElse(null);
    }

    /**
     * The text at a path such as {@code /latest/meta-data/mac}, or a folder's entries, one on each
     * line; null if there is neither.
     */
    @Nullable
    String at(String path) {
        Object here = root;
        String[] names = path.split("/");
        if (names.length < 2 || !names[0].isEmpty() || !names[1].equals("latest")) {
            return null;
        }
        for (int i = 2; i < names.length; i++) {
            if (!(here instanceof Map<?, ?> folder) || !folder.containsKey(names[i])) {
                return null;
            }
            here = Objects.requireNonNull(folder.get(names[i]));
        }
        return here instanceof Map<?, ?> folder ? listing(folder) : here.toString();
    }

    private static String listing(Map<?, ?> folder) {
        return folder.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() instanceof Map ? "/" : ""))
                .collect(Collectors.joining("\n"));
    }

    @SuppressWarnings("unchecked") // A map is a folder: paths are made here only.
    private void put(String text, String... path) {
        Map<String, Object> folder = root;
        for (int i = 0; i < path.length - 1; i++) {
            folder = (Map<String, Object>) folder.computeIfAbsent(path[i], name -> new TreeMap<String, Object>());
        }
        folder.put(path[path.length - 1], text);
    }

    private void data(String text, String... path) {
        String[] below = new String[path.length + 1];
        below[0] = "meta-data";
        System.arraycopy(path, 0, below, 1, path.length);
        put(text, below);
    }

    private void add(World world, StoredInstance instance) {
        data(instance.id, "instance-id");
        data(instance.type.name(), "instance-type");
        data(instance.imageId, "ami-id");
        data(instance.zone, "placement", "availability-zone");
        data(Zones.id(instance.zone), "placement", "availability-zone-id");
        data(world.region(), "placement", "region");
        data("amazonaws.com", "services", "domain");
        data("aws", "services", "partition");
        for (StoredInterface stored : world.interfacesOf(instance.id)) {
            NetworkInterface shown = stored.networkInterface();
            Attachment attachment = Objects.requireNonNull(shown.attachment());
            if (attachment.isPrimary()) {
                addPrimary(world, instance, shown);
            }
            if (attachment.status() == Attachment.Status.ATTACHED) {
                addInterface(world, instance, stored, shown, attachment);
            }
        }
    }

    private void addPrimary(World world, StoredInstance instance, NetworkInterface primary) {
        String address = primary.ipv4Addresses().stream()
                .findFirst()
                .map(IpAddress::toString)
                .orElse("");
        data(primary.macAddress(), "mac");
        data(address, "local-ipv4");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("accountId", World.ACCOUNT);
        document.put("architecture", "x86_64");
        document.put("availabilityZone", instance.zone);
        document.put("imageId", instance.imageId);
        document.put("instanceId", instance.id);
        document.put("instanceType", instance.type.name());
        document.put("pendingTime", seconds(instance.launchTime));
        document.put("privateIp", address);
        document.put("region", world.region());
        document.put("version", "2017-09-30");
        put(Json.write(document), "dynamic", "instance-identity", "document");
    }

    private void addInterface(
            World world,
            StoredInstance instance,
            StoredInterface stored,
            NetworkInterface shown,
            Attachment attachment) {
        StoredSubnet subnet = stored.subnet;
        AddressHistory.Addresses addresses = stored.addressesAt(world.now().minus(world.behaviour.addressesInMetadata));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("device-number", Integer.toString(attachment.deviceIndex()));
        facts.put("interface-id", shown.id());
        facts.put("mac", shown.macAddress());
        facts.put("owner-id", World.ACCOUNT);
        facts.put("subnet-id", shown.subnetId());
        facts.put("vpc-id", shown.vpcId());
        facts.put("security-group-ids", String.join("\n", shown.securityGroupIds()));
        facts.put("local-ipv4s", lines(addresses.ipv4()));
        facts.put("ipv6s", lines(addresses.ipv6()));
        facts.put("ipv4-prefix", lines(addresses.ipv4Prefixes()));
        facts.put("ipv6-prefix", lines(addresses.ipv6Prefixes()));
        facts.put("subnet-ipv4-cidr-block", subnet.ipv4Cidr == null ? "" : subnet.ipv4Cidr.toString());
        facts.put("subnet-ipv6-cidr-blocks", blocks(subnet.ipv6));
        facts.put("vpc-ipv4-cidr-blocks", blocks(world.vpcs.get(subnet.vpcId).ipv4));
        if (instance.type.networkCards().size() > 1) {
            facts.put("network-card", Integer.toString(attachment.networkCardIndex()));
        }
        facts.forEach((name, text) -> {
            if (!text.isEmpty()) {
                data(text, "network", "interfaces", "macs", shown.macAddress(), name);
            }
        });
    }

    private static String lines(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static String blocks(List<CidrAssociation> associations) {
        List<Cidr> blocks = associations.stream()
                .filter(CidrAssociation::isAssociated)
                .map(CidrAssociation::cidr)
                .toList();
        return lines(blocks);
    }

    private void addRole(Instant now) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("Code", "Success");
        info.put("LastUpdated", seconds(now));
        info.put("InstanceProfileArn", "arn:aws:iam::" + World.ACCOUNT + ":instance-profile/" + ROLE);
        info.put("InstanceProfileId", "AIPAEXAMPLEEXAMPLE000");
        data(Json.write(info), "iam", "info");
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("Code", "Success");
        credentials.put("LastUpdated", seconds(now));
        credentials.put("Type", "AWS-HMAC");
        credentials.put("AccessKeyId", "ASIAEXAMPLEEXAMPLE00");
        credentials.put("SecretAccessKey", "made-up-secret-access-key");
        credentials.put("Token", "made-up-session-token");
        credentials.put("Expiration", seconds(now.plus(CREDENTIALS_LAST)));
        data(Json.write(credentials), "iam", "security-credentials", ROLE);
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
