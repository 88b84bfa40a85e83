// SPDX-License-Identifier: AGPL-3.0-or-later
/** Each type and member of javax.servlet.sip, called in a running server. Uses the container and its test peers. */
package io.ifbus.sip.conformance.api;
