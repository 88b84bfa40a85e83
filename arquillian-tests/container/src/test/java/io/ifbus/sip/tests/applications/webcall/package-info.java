// SPDX-License-Identifier: AGPL-3.0-or-later
/** A converged application: SIP and HTTP sessions in one application session. */
@SipApplication(name = "webcall", sessionTimeout = 5)
package io.ifbus.sip.tests.applications.webcall;

import javax.servlet.sip.annotation.SipApplication;
