// SPDX-License-Identifier: AGPL-3.0-or-later
/** Who may enter, and with how much: the judge of bearer tokens, and the filters. May use problem. */
package io.ifbus.sip.rest.access;
