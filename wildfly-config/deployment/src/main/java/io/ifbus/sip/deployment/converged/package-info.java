// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * HTTP sessions of a WAR with a SIP application as protocol sessions of its application sessions (JSR 289 chapter 13).
 * Knows Undertow and the container, and no deployment.
 */
package io.ifbus.sip.deployment.converged;
