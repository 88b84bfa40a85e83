// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Small scriptable SIP phones, their audio, a peer of bare datagrams, ladders of what all of them saw, a demonstration
 * call, a runner for sipp and a driver for baresip.
 *
 * <p>Uses the JAIN-SIP stack, java.net.http and Jackson jr; knows nothing of the server under test except its SIP port
 * and its REST API.
 */
package io.ifbus.sip.phones;
