// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skipped, by name, where there is no baresip. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.ifbus.sip.phones.Baresip#isAvailable", disabledReason = "baresip is not installed")
@interface RequiresBaresip {}
