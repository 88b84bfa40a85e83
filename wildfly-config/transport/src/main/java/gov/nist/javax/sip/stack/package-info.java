// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Our transports for the SIP stack. They stand in the stack's own package because what a transport must override is
 * visible only there. Uses {@code io.ifbus.sip.transport}.
 */
package gov.nist.javax.sip.stack;
