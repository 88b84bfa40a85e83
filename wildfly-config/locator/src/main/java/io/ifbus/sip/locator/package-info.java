// SPDX-License-Identifier: AGPL-3.0-or-later
/** Finds where a SIP request goes (RFC 3263, RFC 2782); uses the engine's locator interface and dnsjava. */
package io.ifbus.sip.locator;
