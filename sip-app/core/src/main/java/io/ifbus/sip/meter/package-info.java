// SPDX-License-Identifier: AGPL-3.0-or-later
/** What is counted and measured about calls, as a port. Uses {@code call}. */
package io.ifbus.sip.meter;
