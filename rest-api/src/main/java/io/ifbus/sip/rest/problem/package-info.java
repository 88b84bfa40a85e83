// SPDX-License-Identifier: AGPL-3.0-or-later
/** Refusals and their one wire form, RFC 9457 problem details. Uses json only. */
package io.ifbus.sip.rest.problem;
