// SPDX-License-Identifier: AGPL-3.0-or-later
/** Telephone stories on a server with the application. Uses the phones and {@link io.ifbus.sip.tests.server}. */
package io.ifbus.sip.tests.calls;
