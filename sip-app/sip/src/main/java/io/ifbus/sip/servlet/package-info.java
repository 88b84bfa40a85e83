// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The SIP Servlet application: turns messages into core's events and core's actions into messages. Uses core's
 * {@code call}, {@code control}, {@code signal} and {@code sdp}, and decides nothing about calls.
 */
@SipApplication(name = "ifbus-sip", mainServlet = "calls")
package io.ifbus.sip.servlet;

import javax.servlet.sip.annotation.SipApplication;
