// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Telephone stories on a server with the application. Uses the phones, {@link io.ifbus.sip.tests.server} and the laws of
 * {@link io.ifbus.sip.tests.races}.
 */
package io.ifbus.sip.tests.calls;
