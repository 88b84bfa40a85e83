// SPDX-License-Identifier: AGPL-3.0-or-later
/** What {@code /subsystem=sip} does on a running server: connectors, TLS, figures, suspension, errors at boot. */
package io.ifbus.sip.tests.management;
