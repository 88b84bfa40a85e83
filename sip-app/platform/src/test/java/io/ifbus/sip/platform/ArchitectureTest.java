// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.ifbus.sip.platform", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ADAPTERS = {
        "..platform.access..",
        "..platform.cdr..",
        "..platform.guard..",
        "..platform.metrics..",
        "..platform.route..",
        "..platform.timer.."
    };

    @ArchTest
    static final ArchRule adapters_do_not_know_each_other = slices().matching("io.ifbus.sip.platform.(*)..")
            .namingSlices("adapter $1")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.describe(
                            "composition and health, which ask several",
                            c -> c.getPackageName().endsWith(".composition")
                                    || c.getPackageName().endsWith(".health")),
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue());

    @ArchTest
    static final ArchRule nobody_uses_the_composition = noClasses()
            .that()
            .resideOutsideOfPackage("..composition..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..composition..");

    @ArchTest
    static final ArchRule adapters_know_no_settings = noClasses()
            .that()
            .resideInAnyPackage(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..config..");

    @ArchTest
    static final ArchRule platform_speaks_no_sip =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.servlet.sip..", "javax.sip..");

    @ArchTest
    static final ArchRule no_field_is_injected =
            com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
}
