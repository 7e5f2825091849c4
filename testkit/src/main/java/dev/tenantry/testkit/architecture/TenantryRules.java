package dev.tenantry.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/**
 * The house rules that a machine can check, as one test for each rule. A module has them by a test class of its own:
 *
 * <pre>{@code
 * class ArchitectureTest {
 *
 *     @TestFactory
 *     Stream<DynamicTest> rules() {
 *         return TenantryRules.ofService(Reconciler.class);
 *     }
 * }
 * }</pre>
 */
public final class TenantryRules {

    /** The packages of a service that may know frameworks; {@code wiring} puts the parts together. */
    private static final Set<String> EDGES = Set.of("messaging", "store", "http", "kube", "wiring");
    private static final List<String> FRAMEWORKS = List.of("io.quarkus.", "jakarta.", "io.smallrye.",
            "io.fabric8.kubernetes.client.");
    /** Settings are read by an interface beside their user, which has to say what it maps. */
    private static final String SETTINGS = "io.smallrye.config.";

    private static final Pattern EMPTY_NAME = Pattern
            .compile("(Data|Base|Abstract)[A-Z].*|.+(Impl|Manager|Helper|Util|Info)s?");
    private static final Set<String> EMPTY_PACKAGES = Set.of("common", "util", "core", "shared", "helper", "impl",
            "dto",
            "service", "controller", "model");

    private TenantryRules() {}

    /** Check what holds in each module. */
    public static Stream<DynamicTest> ofModule(Class<?> inRootPackage) {
        return tests(Stream.concat(silence(), moduleRules()), inRootPackage);
    }

    /** Check what holds in a program for the command line, which prints. */
    public static Stream<DynamicTest> ofProgram(Class<?> inRootPackage) {
        return tests(moduleRules(), inRootPackage);
    }

    /** Check what holds in each service: that its domain knows neither frameworks nor its own edges, and the rest. */
    public static Stream<DynamicTest> ofService(Class<?> inRootPackage) {
        String root = inRootPackage.getPackageName();
        return tests(
                Stream.of(Stream.of(frameworks(root), edges(root)), silence(), moduleRules()).flatMap(rules -> rules),
                inRootPackage);
    }

    private static Stream<DynamicTest> tests(Stream<ArchRule> rules, Class<?> inRootPackage) {
        URL module = inRootPackage.getProtectionDomain().getCodeSource().getLocation();
        JavaClasses code = new ClassFileImporter().importUrl(module);
        return rules.map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(code)));
    }

    private static Stream<ArchRule> moduleRules() {
        return Stream.of(packageCycles(), packageSentences(), classNames(), packageNames());
    }

    private static Stream<ArchRule> silence() {
        return Stream.of(standardStreams());
    }

    static ArchRule packageCycles() {
        return slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().as("packages have no cycles");
    }

    static ArchRule standardStreams() {
        return noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .allowEmptyShould(true)
                .as("nothing is printed past the log");
    }

    static ArchRule packageSentences() {
        return classes().should(new ResideInNullMarkedPackage())
                .allowEmptyShould(true)
                .as("each package has a package-info.java that is @NullMarked");
    }

    static ArchRule classNames() {
        return noClasses()
                .should(new Satisfy(describe("have a name that tells nothing",
                        type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())))
                .allowEmptyShould(true)
                .as("classes are named after what they are: no Impl, Manager, Helper, Util, Info, Data*, Base*, Abstract*");
    }

    static ArchRule packageNames() {
        return noClasses()
                .should(new Satisfy(describe("reside in a package whose name tells nothing",
                        type -> Stream.of(type.getPackageName().split("\\.")).anyMatch(EMPTY_PACKAGES::contains))))
                .allowEmptyShould(true)
                .as("packages are named after what they hold: no " + String.join(", ", EMPTY_PACKAGES.stream()
                        .sorted()
                        .toList()));
    }

    static ArchRule frameworks(String root) {
        return classes().that(domainOf(root))
                .should(new KnowNothingOf("frameworks", (from, to) -> isFramework(to)
                        && !(from.getPackageName().equals(root) && to.getName().startsWith(SETTINGS))))
                .allowEmptyShould(true)
                .as("the domain knows no Quarkus, Jakarta, SmallRye or Kubernetes client");
    }

    static ArchRule edges(String root) {
        return classes().that(domainOf(root))
                .should(new KnowNothingOf("edges", (from, to) -> isEdge(root, to)))
                .allowEmptyShould(true)
                .as("edges import the domain, never back");
    }

    private static DescribedPredicate<JavaClass> domainOf(String root) {
        return describe("are of the domain", type -> !isEdge(root, type));
    }

    private static boolean isEdge(String root, JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(root + ".")) {
            return false;
        }
        return EDGES.contains(name.substring(root.length() + 1).split("\\.")[0]);
    }

    private static boolean isFramework(JavaClass type) {
        return FRAMEWORKS.stream().anyMatch(type.getName()::startsWith);
    }
}
