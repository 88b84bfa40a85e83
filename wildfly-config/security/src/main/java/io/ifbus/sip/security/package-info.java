// SPDX-License-Identifier: AGPL-3.0-or-later
/** Digest authentication (RFC 3261 section 22, RFC 7616, RFC 8760), both sides, without SIP messages; uses java.* alone. */
package io.ifbus.sip.security;
