// SPDX-License-Identifier: AGPL-3.0-or-later
/** The way from core to the SIP stack: a port and the one-slot seam that it is bound to. Uses {@code call}. */
package io.ifbus.sip.signal;
