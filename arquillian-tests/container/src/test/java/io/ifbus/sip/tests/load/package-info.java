// SPDX-License-Identifier: AGPL-3.0-or-later
/** Load by sipp, an independent peer. May use {@code server}. */
package io.ifbus.sip.tests.load;
