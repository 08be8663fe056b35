package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.plan.Selection;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.SweepReport.Lack;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of one scan of the scope.
 *
 * @param leaks the suspected leaks, by id
 * @param lacking the nodes with slots without a finished interface, by id
 * @param blocked the nodes for which no plan can be made, by id
 * @param warnings observations that do not stop the sweep
 * @param nodes the nodes to which subnets apply, by id
 */
record ScanResult(
        List<Leak> leaks,
        List<UnreadyNode> lacking,
        List<UnreadyNode> blocked,
        List<String> warnings,
        Map<String, Node> nodes) {

    /** A node, and its subnets and groups. */
    record Node(Instance instance, Selection selection) {

        /** See {@link FailedRepairs#target}. */
        String target(NodeGroupSpec spec) {
            return FailedRepairs.target(spec, instance, selection);
        }
    }

    /** Whether a second scan has to confirm something. */
    boolean hasSuspects() {
        return !leaks.isEmpty() || !lacking.isEmpty();
    }

    /** The same with further warnings. */
    ScanResult and(List<String> more) {
        return new ScanResult(
                leaks,
                lacking,
                blocked,
                Stream.concat(warnings.stream(), more.stream()).toList(),
                nodes);
    }

    /** The findings that both scans showed. */
    ScanResult confirming(ScanResult first) {
        List<String> seenLeaks =
                first.leaks.stream().map(Leak::networkInterfaceId).toList();
        Map<String, UnreadyNode> seenLacking = first.lacking.stream()
                .collect(Collectors.toMap(UnreadyNode::instanceId, Function.identity(), (a, b) -> a, TreeMap::new));
        List<UnreadyNode> stillLacking = new ArrayList<>();
        for (UnreadyNode node : lacking) {
            UnreadyNode before = seenLacking.get(node.instanceId());
            List<Slot> lacked = before == null
                    ? List.of()
                    : before.lacks().stream().map(Lack::slot).toList();
            List<Lack> still =
                    node.lacks().stream().filter(l -> lacked.contains(l.slot())).toList();
            if (!still.isEmpty()) {
                stillLacking.add(new UnreadyNode(
                        node.instanceId(), node.zone(), still, node.fate(), node.note(), node.plan(), node.outcome()));
            }
        }
        return new ScanResult(
                leaks.stream()
                        .filter(leak -> seenLeaks.contains(leak.networkInterfaceId()))
                        .toList(),
                stillLacking,
                blocked,
                warnings,
                nodes);
    }
}
