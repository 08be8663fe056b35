package io.github.multus4j.result;

/** The steps for one interface, in their order. Each is one call to EC2. */
public enum Step {
    /** CreateNetworkInterface, with tags, groups and addresses in one call. */
    CREATE("create"),
    /**
     * ModifyNetworkInterfaceAttribute: the source/destination check; on a new interface while it is
     * still detached.
     */
    SET_SOURCE_DEST_CHECK("set source/destination check"),
    /** AttachNetworkInterface. */
    ATTACH("attach"),
    /** ModifyNetworkInterfaceAttribute: delete-on-termination of the attachment. */
    SET_DELETE_ON_TERMINATION("set delete-on-termination");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
