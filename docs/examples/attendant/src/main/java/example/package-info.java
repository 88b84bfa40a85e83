// SPDX-License-Identifier: AGPL-3.0-or-later
@SipApplication(name = "attendant", mainServlet = "attendant")
package example;

import javax.servlet.sip.annotation.SipApplication;
