package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Filter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recognition of our interfaces, and of the instances that need them. */
class OwnershipTest {

    @Test
    void ownerOf_tagsAsWeMakeThem_isTheInstance() {
        assertThat(OwnerTags.ownerOf(OwnerTags.of("i-0123456789abcdef0", 1))).contains("i-0123456789abcdef0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "i-*", "i-", "i-0 ", "eni-0123456789abcdef0", "i-0\n"})
    void ownerOf_tagThatNamesNoInstance_isEmpty(String value) {
        assertThat(OwnerTags.ownerOf(Map.of(OwnerTags.INSTANCE_ID, value, OwnerTags.NO_MANAGE, "true")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "True", "false", "true "})
    void ownerOf_noManageThatTheVpcCniIgnores_isEmpty(String value) {
        assertThat(OwnerTags.ownerOf(Map.of(OwnerTags.INSTANCE_ID, "i-0123456789abcdef0", OwnerTags.NO_MANAGE, value)))
                .isEmpty();
    }

    @Test
    void ownerOf_oneTagMissing_isEmpty() {
        assertThat(OwnerTags.ownerOf(Map.of(OwnerTags.INSTANCE_ID, "i-0123456789abcdef0")))
                .isEmpty();
        assertThat(OwnerTags.ownerOf(Map.of(OwnerTags.NO_MANAGE, "true"))).isEmpty();
    }

    @Test
    void triggerFilter_keyOrKeyAndValue_matchesThem() {
        assertThat(new TriggerTag("multus-ng", null).filter()).isEqualTo(Filter.of("tag-key", "multus-ng"));
        assertThat(new TriggerTag("multus-ng", "a").filter()).isEqualTo(Filter.of("tag:multus-ng", "a"));
    }

    @Test
    void triggerFilter_backslash_standsForItself() {
        assertThat(new TriggerTag("a\\b", null).filter()).isEqualTo(Filter.of("tag-key", "a\\\\b"));
        assertThat(new TriggerTag("k", "a\\b").filter()).isEqualTo(Filter.of("tag:k", "a\\\\b"));
    }
}
