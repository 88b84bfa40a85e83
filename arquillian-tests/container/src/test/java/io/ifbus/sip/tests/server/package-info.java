// SPDX-License-Identifier: AGPL-3.0-or-later
/** Servers of the tests' own, and what tests ask them: REST, management, metrics. Uses the JDK and the phones. */
package io.ifbus.sip.tests.server;
