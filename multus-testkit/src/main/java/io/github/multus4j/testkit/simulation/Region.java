package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.FakeEc2Network;

/**
 * EC2 as all processes of a simulation share it: the fake, the faults on the way there, and the
 * trace.
 */
final class Region {

    final FakeEc2Network ec2;
    final History history;
    private final HistoryCheck check;
    private FaultModel faultModel;

    Region(FakeEc2Network ec2, History history, HistoryCheck check, FaultModel faultModel) {
        this.ec2 = ec2;
        this.history = history;
        this.check = check;
        this.faultModel = faultModel;
    }

    FaultModel faultModel() {
        return faultModel;
    }

    void faultModel(FaultModel newModel) {
        faultModel = newModel;
    }

    HistoryCheck check() {
        return check;
    }
}
