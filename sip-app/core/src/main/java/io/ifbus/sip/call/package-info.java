// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * One call and its legs as state machines that decide and never act. Uses {@code sdp} and java.* only; has no clock,
 * no input or output and no thread.
 */
package io.ifbus.sip.call;
