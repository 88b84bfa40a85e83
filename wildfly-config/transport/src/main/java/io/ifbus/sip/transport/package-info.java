// SPDX-License-Identifier: AGPL-3.0-or-later
/** What lies between the sockets and the SIP stack. Uses {@code dispatch} and the SPI. */
package io.ifbus.sip.transport;
