package dev.rung.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arrows between modules and packages, and the packages that libraries may not leave; see docs/decisions/0001-modules.md. */
@AnalyzeClasses(packages = "dev.rung", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final Map<String, List<String>> ARROWS = Map.of(
            "core", List.of(),
            "json", List.of("core"),
            "wire", List.of("core", "json"),
            "learn", List.of("core"),
            "intake", List.of("core", "json", "learn"),
            "models", List.of("core", "json"),
            "store", List.of("core", "json"),
            "ladder", List.of("core", "json", "learn", "intake", "models", "store"),
            "gateway", List.of("core", "json", "wire", "models", "store"),
            "app", List.of("core", "json", "wire", "learn", "intake", "models", "store", "ladder", "gateway"));

    @ArchTest
    static final ArchRule a_module_uses_only_the_modules_that_its_arrows_point_to = classes()
            .should(new ArchCondition<>("follow the arrows") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    String from = module(origin.getPackageName());
                    List<String> allowed = ARROWS.get(from);
                    if (allowed == null) {
                        events.add(SimpleConditionEvent.violated(origin, "no arrows are known for module " + from));
                        return;
                    }
                    origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                        String to = module(dependency.getTargetClass().getPackageName());
                        if (!to.isEmpty() && !to.equals(from) && !allowed.contains(to)) {
                            events.add(SimpleConditionEvent.violated(origin, dependency.getDescription()));
                        }
                    });
                }
            });

    @ArchTest
    static final ArchRule core_knows_nothing_but_the_language = noClasses()
            .that()
            .resideInAPackage("dev.rung.core..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.rung.core..", "java..", "org.jspecify..")
                    .negate());

    @ArchTest
    static final ArchRule core_learn_and_wire_read_and_write_nothing = noClasses()
            .that()
            .resideInAnyPackage("dev.rung.core..", "dev.rung.learn..", "dev.rung.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess|Console).*");

    @ArchTest
    static final ArchRule only_the_gateways_http_package_knows_the_web_server =
            confined("io.helidon..", "dev.rung.gateway.http..");

    @ArchTest
    static final ArchRule only_the_egress_knows_the_http_client =
            confined("org.apache.hc..", "dev.rung.models.egress..");

    @ArchTest
    static final ArchRule only_the_local_engine_and_the_encoders_loader_call_native_code =
            confined("java.lang.foreign..", "dev.rung.models.llama..", "dev.rung.models.embed..");

    @ArchTest
    static final ArchRule only_the_encoder_knows_onnx_and_its_tokenizer =
            confined(new String[] {"ai.onnxruntime..", "ai.djl..", "dev.langchain4j.."}, "dev.rung.models.embed..");

    @ArchTest
    static final ArchRule only_the_store_knows_databases =
            confined(new String[] {"java.sql..", "javax.sql..", "org.sqlite.."}, "dev.rung.store..");

    @ArchTest
    static final ArchRule only_json_knows_json_libraries =
            // The encoder's vocabulary is a JSON file of 700 KB that is read at every start: as a stream, not as a
            // tree.
            confined(
                    new String[] {"tools.jackson..", "com.fasterxml.jackson..", "com.networknt.."},
                    "dev.rung.json..",
                    "dev.rung.models.embed..");

    @ArchTest
    static final ArchRule only_the_retrieve_rung_knows_lucene =
            confined("org.apache.lucene..", "dev.rung.ladder.retrieve..");

    @ArchTest
    static final ArchRule only_the_command_line_knows_its_parser = confined("picocli..", "dev.rung.app.cli..");

    @ArchTest
    static final ArchRule nothing_leaves_by_the_jdks_own_http_client =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule nothing_but_the_egress_connects_to_anything = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rung.models.egress..")
            .and()
            // Reads what lies on the class path, which Java hands out as addresses.
            .doNotHaveFullyQualifiedName("dev.rung.models.embed.ResourceFile")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(Socket|DatagramSocket|URLConnection|HttpURLConnection)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?(Socket|Datagram)Channel")
            .orShould()
            .callMethod(java.net.URL.class, "openStream")
            .orShould()
            .callMethod(java.net.URL.class, "openConnection");

    @ArchTest
    static final ArchRule packages_of_a_module_form_no_cycle =
            slices().matching("dev.rung.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_command_line_writes_to_the_screen = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rung.app.cli..")
            .should(new ArchCondition<>("touch System.out, System.err or System.exit") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    List<JavaAccess<?>> accesses = new ArrayList<>(origin.getFieldAccessesFromSelf());
                    accesses.addAll(origin.getMethodCallsFromSelf());
                    for (JavaAccess<?> access : accesses) {
                        boolean screen = access.getTargetOwner().isEquivalentTo(System.class)
                                && List.of("out", "err", "exit")
                                        .contains(access.getTarget().getName());
                        if (screen) {
                            events.add(SimpleConditionEvent.satisfied(origin, access.getDescription()));
                        }
                    }
                }
            });

    private static ArchRule confined(String library, String... packages) {
        return confined(new String[] {library}, packages);
    }

    private static ArchRule confined(String[] library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private static String module(String packageName) {
        if (!packageName.startsWith("dev.rung.")) {
            return "";
        }
        String rest = packageName.substring("dev.rung.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
