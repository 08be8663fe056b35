package io.github.multus4j.examples.quickstart;

import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.examples.quickstart.Screen.Colour;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** Draws the use of each address of a subnet: one character for each, eight to a group. */
final class Occupancy {

    /** The use of an address. */
    private enum Use {
        OURS("■", "#", Colour.OURS, "ours"),
        OTHERS("▪", "o", Colour.OTHERS, "somebody else's"),
        EC2("×", "x", Colour.QUIET, "EC2's own"),
        PODS("░", "-", Colour.QUIET, "kept for pods"),
        FREE("·", ".", Colour.QUIET, "free");

        private final String block;
        private final String ascii;
        private final Colour colour;
        private final String words;

        Use(String block, String ascii, Colour colour, String words) {
            this.block = block;
            this.ascii = ascii;
            this.colour = colour;
            this.words = words;
        }

        String on(Screen screen) {
            return screen.paint(colour, screen.blocks() ? block : ascii);
        }
    }

    private Occupancy() {}

    static void print(Screen screen, DemoVpc vpc) {
        for (DemoVpc.MultusSubnet subnet : vpc.subnets()) {
            List<NetworkInterface> interfaces = vpc.interfacesIn(subnet);
            long ours = interfaces.stream().filter(DemoVpc::isOurs).count();
            screen.line(
                    "  %-12s %-12s %d ours, %d other",
                    subnet.name(), subnet.cidrs().get(0), ours, interfaces.size() - ours);
            screen.line(
                    "    " + draw(screen, Cidr.parse(subnet.cidrs().get(0)), interfaces, vpc.reservedRanges(subnet)));
        }
        StringBuilder legend = new StringBuilder("  ");
        for (Use use : Use.values()) {
            legend.append("  ").append(use.on(screen)).append(' ').append(use.words);
        }
        screen.line(legend.toString());
    }

    private static String draw(Screen screen, Cidr block, List<NetworkInterface> interfaces, List<String> reserved) {
        Map<IpAddress, Use> uses = new HashMap<>();
        for (NetworkInterface it : interfaces) {
            it.privateIpAddresses()
                    .forEach(address -> uses.put(
                            IpAddress.parse(address.privateIpAddress()), DemoVpc.isOurs(it) ? Use.OURS : Use.OTHERS));
        }
        AddressSet ec2s = ReservedAddresses.of(block);
        List<Cidr> pods = reserved.stream().map(Cidr::parse).toList();
        StringBuilder drawing = new StringBuilder();
        for (int i = 0; i < block.size().intValueExact(); i++) {
            IpAddress address = block.first().plus(i);
            Use otherwise = ec2s.contains(address)
                    ? Use.EC2
                    : pods.stream().anyMatch(range -> range.contains(address)) ? Use.PODS : Use.FREE;
            drawing.append(i > 0 && i % 8 == 0 ? " " : "")
                    .append(uses.getOrDefault(address, otherwise).on(screen));
        }
        return drawing.toString();
    }
}
