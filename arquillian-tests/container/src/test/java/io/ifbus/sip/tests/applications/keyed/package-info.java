// SPDX-License-Identifier: AGPL-3.0-or-later
/** An application that finds its sessions by a key. */
@SipApplication(name = "keyed", sessionTimeout = 1)
package io.ifbus.sip.tests.applications.keyed;

import javax.servlet.sip.annotation.SipApplication;
