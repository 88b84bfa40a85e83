// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * {@code GET /v1/events}: the events of this node as server-sent events. May use access, problem and json.
 *
 * <p>A servlet and not a resource, because the servlet API says what a write that would block does: the stream is not
 * ready, and its listener is told when it is again. So one thread serves all streams and waits for none of them. A
 * stream holds its position in the log and at most one chunk that its connection has not taken; what it has not read
 * yet stays in the log, where the oldest gives way, and the stream then tells its reader of the gap.
 */
package io.ifbus.sip.rest.event;
