package io.github.multus4j.deploy.agent;

/** How a run ended, as exit status. */
enum Status {
    /** The node has its interfaces, or is not meant to have any. */
    READY(0),
    /** It failed; new interfaces are rolled back, or named. Trying again may help. */
    FAILED(1),
    /** An argument, a line of the file or a tag is wrong. */
    BAD_INPUT(2),
    /** The metadata service does not answer, or not in version 2. */
    NO_IDENTITY(3),
    /** A permission is missing; the action is named. */
    DENIED(4),
    /** An obstacle that another attempt does not remove. */
    BLOCKED(5);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
