// SPDX-License-Identifier: AGPL-3.0-or-later
/** Types with each annotation of javax.servlet.sip.annotation and each of its members. */
@SipApplication(
        name = "a name",
        displayName = "a display name",
        description = "a description",
        smallIcon = "small.png",
        largeIcon = "large.png",
        mainServlet = "main",
        distributable = true,
        proxyTimeout = 7,
        sessionTimeout = 8)
package io.ifbus.sip.conformance.api.annotated;

import javax.servlet.sip.annotation.SipApplication;
