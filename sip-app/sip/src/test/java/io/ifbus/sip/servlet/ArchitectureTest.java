// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.ifbus.sip.servlet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONE_ADAPTER_BETWEEN_CORE_AND_THE_SIP_SERVLET_API = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.servlet.sip..",
                    "jakarta.servlet..",
                    "jakarta.inject..",
                    "org.jboss.logging..",
                    "io.ifbus.sip.spi..",
                    "io.ifbus.sip.servlet..",
                    "io.ifbus.sip.(call|control|signal|sdp)..");

    @ArchTest
    static final ArchRule NO_FIELD_INJECTION = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource");
}
