package com.example.controller;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.github.multus4j.Multus;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches the Multus interfaces of every Kubernetes node with the label {@code multus=true}, then
 * takes the taint {@code multus} from the node. EC2 decides between two replicas, so no leader is
 * elected.
 */
final class NodeController implements ResourceEventHandler<Node>, AutoCloseable {

    static final String NAME = "multus"; // of the label and of the taint
    private static final Logger LOG = LoggerFactory.getLogger(NodeController.class);
    private static final Pattern AWS_NODE = Pattern.compile("aws:///[^/]+/(i-[0-9a-f]+)");

    private final KubernetesClient kubernetes;
    private final Multus multus;
    private final NodeGroupSpec spec;
    private final Duration pause;
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(8);
    private final SharedIndexInformer<Node> informer;

    /** @param pause the time from a failure to the next attempt */
    NodeController(KubernetesClient kubernetes, Multus multus, NodeGroupSpec spec, Duration pause) {
        this.kubernetes = kubernetes;
        this.multus = multus;
        this.spec = spec;
        this.pause = pause;
        this.informer = kubernetes.nodes().withLabel(NAME, "true").inform(this);
    }

    @Override
    public void onAdd(Node node) {
        submit(node.getMetadata().getName(), Duration.ZERO);
    }

    @Override
    public void onUpdate(Node before, Node now) {
        if (hasTaint(now) && !hasTaint(before)) {
            submit(now.getMetadata().getName(), Duration.ZERO);
        }
    }

    @Override
    public void onDelete(Node node, boolean finalStateUnknown) {
        // EC2 deletes the interfaces with the instance.
    }

    private void submit(String name, Duration delay) {
        try {
            workers.schedule(() -> reconcile(name), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("node={}: the controller is stopping", name);
        }
    }

    private void reconcile(String name) {
        Optional<String> instanceId =
                Optional.ofNullable(informer.getStore().getByKey(name)).flatMap(NodeController::instanceId);
        if (instanceId.isEmpty()) {
            LOG.info("node={}: it is gone, or no EC2 instance", name);
            return;
        }
        try {
            Outcome outcome = multus.attach(instanceId.get(), spec);
            LOG.info("node={} {}", name, outcome);
            if (outcome.isReady()) {
                removeTaint(name);
            } else if (outcome instanceof Outcome.Failed) {
                submit(name, pause);
            }
        } catch (RuntimeException e) {
            LOG.warn("node={}: another attempt follows in {}", name, pause, e);
            submit(name, pause);
        }
    }

    private void removeTaint(String name) {
        kubernetes
                .nodes()
                .withName(name)
                .edit(node -> new NodeBuilder(node)
                        .editSpec()
                        .removeMatchingFromTaints(taint -> NAME.equals(taint.getKey()))
                        .endSpec()
                        .build());
    }

    private static boolean hasTaint(Node node) {
        return node.getSpec().getTaints().stream().anyMatch(taint -> NAME.equals(taint.getKey()));
    }

    /** The instance in a provider id such as {@code aws:///us-east-1a/i-0123456789abcdef0}. */
    private static Optional<String> instanceId(Node node) {
        Matcher found = AWS_NODE.matcher(
                Optional.ofNullable(node.getSpec().getProviderID()).orElse(""));
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        informer.close();
        workers.shutdownNow();
    }
}
