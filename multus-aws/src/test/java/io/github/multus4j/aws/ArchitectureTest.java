package io.github.multus4j.aws;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** The design's rules for the inside of the adapter. */
class ArchitectureTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.multus4j.aws");

    /** A class and those inside it are one. */
    @Test
    void topLevelClasses_haveNoCycles() {
        assertThat(ADAPTER.contain(AwsEc2Network.class)).isTrue();
        slices().assignedFrom(topLevelClass()).should().beFreeOfCycles().check(ADAPTER);
    }

    private static SliceAssignment topLevelClass() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                JavaClass outer = javaClass.getBaseComponentType();
                while (outer.getEnclosingClass().isPresent()) {
                    outer = outer.getEnclosingClass().get();
                }
                return ADAPTER.contain(outer.getName())
                        ? SliceIdentifier.of(outer.getName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "top-level classes";
            }
        };
    }
}
