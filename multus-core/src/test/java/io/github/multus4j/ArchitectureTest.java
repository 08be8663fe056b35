package io.github.multus4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/** The design's rules for the inside of the core. */
@AnalyzeClasses(packages = "io.github.multus4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.multus4j.";

    /**
     * Each may depend on those before it. The entry point, in the root package, comes after all of
     * them.
     */
    private static final List<String> ORDER = List.of(
            "internal.limits",
            "net",
            "ec2",
            "nodegroup",
            "result",
            "lifecycle",
            "pod",
            "internal.policy",
            "internal.launch",
            "internal.plan",
            "internal.run",
            "internal.observe",
            "internal.apply",
            "internal.sweep",
            "internal.lifecycle",
            "internal.pod");

    /** The packages that decide: the same input gives the same result. */
    private static final List<String> DECISIONS = ORDER.subList(0, ORDER.indexOf("internal.run"));

    /**
     * The types by which time is passed in. They live beside the port because every layer above it
     * needs them.
     */
    private static final String TIME_ENTERS = "io\\.github\\.multus4j\\.ec2\\.(Deadline|Sleeper)(\\$.*)?";

    private static final Set<String> OPTIONALS =
            Set.of("java.util.Optional", "java.util.OptionalInt", "java.util.OptionalLong", "java.util.OptionalDouble");

    @ArchTest
    static final ArchRule everyClass_livesInAKnownPackage = classes()
            .should()
            .resideInAnyPackage(packages(ORDER))
            .orShould()
            .resideInAPackage("io.github.multus4j")
            .because("a new package needs a place in the order");

    @ArchTest
    static void packages_dependOnEarlierOnesOnly(JavaClasses core) {
        for (int i = 0; i < ORDER.size(); i++) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(ORDER.subList(i + 1, ORDER.size())))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("io.github.multus4j")
                    .because("the order is " + String.join(" <- ", ORDER))
                    .check(core);
        }
    }

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    /** Neither across packages nor within one; a class and those inside it are one. */
    @ArchTest
    static final ArchRule topLevelClasses_haveNoCycles =
            slices().assignedFrom(topLevelClass()).should().beFreeOfCycles();

    private static SliceAssignment topLevelClass() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                JavaClass outer = javaClass.getBaseComponentType();
                while (outer.getEnclosingClass().isPresent()) {
                    outer = outer.getEnclosingClass().get();
                }
                return outer.getPackageName().startsWith("io.github.multus4j")
                        ? SliceIdentifier.of(outer.getName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "top-level classes";
            }
        };
    }

    @ArchTest
    static void package_ofTheOrder_hasClasses(JavaClasses core) {
        assertThat(ORDER)
                .allSatisfy(name -> assertThat(core)
                        .as(name)
                        .anyMatch(each -> each.getPackageName().equals(ROOT + name)));
    }

    @ArchTest
    static final ArchRule core_dependsOnTheJdkAlone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.github.multus4j..");

    @ArchTest
    static final ArchRule decisions_useNoClock = decisions()
            .should()
            .dependOnClassesThat(type(java.time.Clock.class)
                    .or(name("java.time.InstantSource"))
                    .or(type(java.util.Date.class))
                    .or(type(java.util.Calendar.class)))
            .orShould()
            .accessTargetWhere(target(name("now")).and(target(owner(resideInAnyPackage("java.time..")))))
            .orShould()
            .accessTargetWhere(target(nameMatching("currentTimeMillis|nanoTime")));

    @ArchTest
    static final ArchRule decisions_doNotAskForTheTime = noClasses()
            .that()
            .resideInAnyPackage(packages(List.of("net", "nodegroup", "result", "pod", "internal.plan")))
            .should()
            .dependOnClassesThat(nameMatching(TIME_ENTERS))
            .because("a plan is the same whenever it is made");

    @ArchTest
    static final ArchRule decisions_useNoRandomness = decisions()
            .should()
            .dependOnClassesThat(
                    nameMatching("java\\.util\\.(Random|SplittableRandom|random\\..*)|java\\.security\\.SecureRandom"))
            .orShould()
            .accessTargetWhere(target(nameMatching("random|randomUUID|shuffle|identityHashCode")));

    @ArchTest
    static final ArchRule decisions_doNoInputOrOutput = decisions()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels.."))
            .orShould()
            .accessTargetWhere(target(nameMatching("getenv|getProperty|getProperties|printStackTrace"))
                    .and(target(owner(resideInAnyPackage("java.lang..")))))
            .orShould()
            .dependOnClassesThat(
                    type(Process.class).or(type(ProcessBuilder.class)).or(type(Runtime.class)));

    @ArchTest
    static final ArchRule decisions_useNoThreads = decisions()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
                    .or(type(Thread.class))
                    .or(type(ThreadLocal.class))
                    .or(type(java.util.Timer.class)))
            .orShould()
            .accessTargetWhere(target(nameMatching("parallel|parallelStream|wait|notify|notifyAll"))
                    .and(target(owner(resideInAnyPackage("java..")))));

    @ArchTest
    static final ArchRule decisions_doNotLog = decisions()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.util.logging..").or(nameMatching("java\\.lang\\.System\\$Logger.*")))
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule parameters_areNeverOptional = noCodeUnits()
            .that()
            .doNotHaveModifier(SYNTHETIC)
            .should()
            .haveRawParameterTypes(describe(
                    "that contain an Optional",
                    parameters -> parameters.stream().anyMatch(parameter -> OPTIONALS.contains(parameter.getName()))));

    @ArchTest
    static final ArchRule classNames_vagueSuffixes_areAbsent = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    /** The pure packages, without the two types of time. */
    private static GivenClassesConjunction decisions() {
        return noClasses().that().resideInAnyPackage(packages(DECISIONS)).and().haveNameNotMatching(TIME_ENTERS);
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
    }
}
