// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Addresses, URIs and headers with parameters, as the JSR 289 API describes them, in the place of the engine's classes of
 * the same names; uses the engine and the SIP stack.
 */
package org.mobicents.servlet.sip.address;
