// SPDX-License-Identifier: AGPL-3.0-or-later
@SipApplication(name = "b2bua", mainServlet = "Connector")
package example.b2bua;

import javax.servlet.sip.annotation.SipApplication;
