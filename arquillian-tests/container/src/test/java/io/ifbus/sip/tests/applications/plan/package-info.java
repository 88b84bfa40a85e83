// SPDX-License-Identifier: AGPL-3.0-or-later
/** An application that is declared by sip.xml alone. */
package io.ifbus.sip.tests.applications.plan;
