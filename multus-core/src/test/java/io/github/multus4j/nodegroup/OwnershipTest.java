package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** Such an interface is never removed, and yet no run makes a second one beside it. */
    @Test
    void namedOwner_otherTagChanged_isTheInstanceAllTheSame() {
        Map<String, String> tags = Map.of(OwnerTags.INSTANCE_ID, "i-0123456789abcdef0", OwnerTags.NO_MANAGE, "false");

        assertThat(OwnerTags.namedOwner(tags)).contains("i-0123456789abcdef0");
        assertThat(OwnerTags.ownerOf(tags)).isEmpty();
        assertThat(OwnerTags.namedOwner(Map.of(OwnerTags.NO_MANAGE, "true"))).isEmpty();
    }

    @Test
    void ownerFilters_ofNamedOwners_areFiltersOfTheTag() {
        assertThat(OwnerTags.namedOwnerIn(List.of("i-1", "i-2")))
                .isEqualTo(Filter.of("tag:multus4j/instance-id", List.of("i-1", "i-2")));
        assertThat(OwnerTags.anyNamedOwner()).isEqualTo(Filter.of("tag-key", "multus4j/instance-id"));
    }

    /** Constants leave no trace in class files, so the sources are read. */
    @Test
    void ownerTag_inCore_isReadByOwnerTagsOnly() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../multus-core/src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(90);
            assertThat(sources)
                    .filteredOn(file -> !file.endsWith("OwnerTags.java"))
                    .allSatisfy(file -> assertThat(file)
                            .content()
                            .doesNotContain("OwnerTags.INSTANCE_ID")
                            .doesNotContain("multus4j/instance-id\""));
        }
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
