// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "io.ifbus.sip.rest", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule features_have_no_cycles =
            slices().matching("io.ifbus.sip.rest.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule problem_uses_no_feature = noClasses()
            .that()
            .resideInAPackage("..rest.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..rest.access..",
                    "..rest.call..",
                    "..rest.cdr..",
                    "..rest.guard..",
                    "..rest.health..",
                    "..rest.metrics..",
                    "..rest.route..");

    @ArchTest
    static final ArchRule rest_speaks_no_sip =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.servlet.sip..", "javax.sip..");

    @ArchTest
    static final ArchRule resources_know_core_and_not_the_adapters = noClasses()
            .that()
            .resideInAnyPackage("..rest.call..", "..rest.cdr..", "..rest.guard..", "..rest.problem..", "..rest.route..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.ifbus.sip.platform..");

    @ArchTest
    static final ArchRule no_field_is_injected = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
}
