package io.github.multus4j.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of the packages: the exported ones, and the unexported parts of the fake behind them.
 */
class ArchitectureTest {

    private static final String ROOT = "io.github.multus4j.testkit";
    private static final String INTERNAL = ROOT + ".internal.";

    /** Each may depend on those before it. */
    private static final List<String> ORDER =
            List.of("call", "rule", "state", "resource", "engine", "http", "query", "metadata");

    private static final List<String> EXPORTED = List.of("", ".contract", ".endpoint", ".simulation");

    private static final JavaClasses TESTKIT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static String[] internal(List<String> names) {
        return names.stream().map(name -> INTERNAL + name + "..").toArray(String[]::new);
    }

    private static Stream<String> packages() {
        return Stream.concat(
                EXPORTED.stream().map(name -> ROOT + name), ORDER.stream().map(name -> INTERNAL + name));
    }

    @Test
    void classes_all_liveInAKnownPackage() {
        classes()
                .should()
                .resideInAnyPackage(packages().toArray(String[]::new))
                .because("a new package needs a place in the order")
                .check(TESTKIT);
    }

    @Test
    void packages_known_haveClasses() {
        assertThat(packages())
                .allSatisfy(name -> assertThat(TESTKIT.stream())
                        .as(name)
                        .anyMatch(each -> each.getPackageName().equals(name)));
    }

    @Test
    void internalPackages_dependOnEarlierOnesOnly() {
        for (int i = 0; i + 1 < ORDER.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(INTERNAL + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(internal(ORDER.subList(i + 1, ORDER.size())))
                    .because("the order is " + String.join(" <- ", ORDER))
                    .check(TESTKIT);
        }
    }

    @Test
    void internalPackages_useTwoValuesOfTheExportedOnes() {
        DescribedPredicate<JavaClass> exported = resideInAPackage(ROOT + "..")
                .and(DescribedPredicate.not(resideInAPackage(INTERNAL + ".")))
                .and(DescribedPredicate.not(type(Action.class)))
                .and(DescribedPredicate.not(type(JournalEntry.class)));
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + ".")
                .should()
                .dependOnClassesThat(exported)
                .check(TESTKIT);
    }

    @Test
    void internalTypes_areNotInTheSignaturesOfExportedOnes() {
        Stream<JavaCodeUnit> published = TESTKIT.stream()
                .filter(each -> !each.getPackageName().startsWith(INTERNAL))
                .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(each -> each.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED));
        assertThat(published)
                .isNotEmpty()
                .allSatisfy(unit -> assertThat(
                                Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                                        .map(JavaClass::getPackageName))
                        .as(unit.getFullName())
                        .noneMatch(name -> name.startsWith(INTERNAL)));
    }

    /** Neither across packages nor within one; a class and those inside it are one. */
    @Test
    void topLevelClasses_haveNoCycles() {
        slices().assignedFrom(topLevelClass()).should().beFreeOfCycles().check(TESTKIT);
    }

    private static SliceAssignment topLevelClass() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                JavaClass outer = javaClass.getBaseComponentType();
                while (outer.getEnclosingClass().isPresent()) {
                    outer = outer.getEnclosingClass().get();
                }
                return outer.getPackageName().startsWith(ROOT)
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
