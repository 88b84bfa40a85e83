// SPDX-License-Identifier: AGPL-3.0-or-later
/** Who may enter: the bearer token filter. May use problem. */
package io.ifbus.sip.rest.access;
