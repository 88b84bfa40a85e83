// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.ifbus.sip", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.ifbus.sip.";

    @ArchTest
    static final ArchRule CORE_DEPENDS_ON_JAVA_AND_ITSELF_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", BASE + "(call|control|signal|meter|route|guard|cdr|event|sdp)..");

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule NO_OUTPUT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.logging..",
                    "java.sql..");

    @ArchTest
    static final ArchRule SDP_USES_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage(BASE + "sdp")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "(call|control|signal|meter|route|guard|cdr|event)..");

    @ArchTest
    static final ArchRule CALL_USES_NO_FEATURE = noClasses()
            .that()
            .resideInAPackage(BASE + "call")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "(control|signal|meter|route|guard|cdr|event)..");

    @ArchTest
    static final ArchRule PORTS_DO_NOT_USE_EACH_OTHER_NOR_COMMANDS = noClasses()
            .that()
            .resideInAnyPackage(BASE + "signal", BASE + "meter", BASE + "route", BASE + "guard")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "control..");

    @ArchTest
    static final ArchRule NOTHING_USES_CDR = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "cdr")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "cdr");

    @ArchTest
    static final ArchRule CDR_USES_CALL_AND_CONTROL_ONLY = noClasses()
            .that()
            .resideInAPackage(BASE + "cdr")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "(signal|meter|route|guard|event|sdp)..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_PUBLIC_FIELDS = noFields()
            .that()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .bePublic();
}
