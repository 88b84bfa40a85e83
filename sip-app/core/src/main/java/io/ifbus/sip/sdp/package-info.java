// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Session descriptions as lines: what an offer or answer must become when it crosses to another leg. Uses java.* only.
 */
package io.ifbus.sip.sdp;
