// SPDX-License-Identifier: AGPL-3.0-or-later
/** The SIP WAR of the test's EAR. */
@SipApplication(name = "exchange", mainServlet = "Exchange", sessionTimeout = 1)
package io.ifbus.sip.tests.incontainer.exchange;

import javax.servlet.sip.annotation.SipApplication;
