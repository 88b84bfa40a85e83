// SPDX-License-Identifier: AGPL-3.0-or-later
/** Who may enter: the judge of bearer tokens, and the filter that asks it. May use problem. */
package io.ifbus.sip.rest.access;
