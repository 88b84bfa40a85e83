// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Call detail records: what is kept of a call when it is over, and the port to where it is kept. Uses {@code call} and
 * {@code control}; nothing in core uses it.
 */
package io.ifbus.sip.cdr;
