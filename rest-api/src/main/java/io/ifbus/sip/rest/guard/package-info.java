// SPDX-License-Identifier: AGPL-3.0-or-later
/** The guards of target hosts as a resource. May use problem. */
package io.ifbus.sip.rest.guard;
