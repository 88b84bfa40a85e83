// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The SIP Servlet container: a server with its connectors, the applications deployed to it, and the order in which
 * their work is done. Knows the engine and the SIP stack, but no application server: what it needs of one is
 * {@link io.ifbus.sip.container.ApplicationEnvironment}.
 */
package io.ifbus.sip.container;
