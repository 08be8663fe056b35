package io.github.multus4j.result;

/** Whether a sweep changes anything. */
public enum SweepMode {
    /** Scans and reports the repairs of a mending sweep; makes reads only. */
    DRY_RUN("dry run"),
    /** Removes leaks and makes nodes ready. */
    MEND("mend");

    private final String words;

    SweepMode(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
