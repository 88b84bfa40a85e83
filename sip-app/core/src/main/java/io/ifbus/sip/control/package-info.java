// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The commands and the register of the calls of this node. Uses {@code call}, {@code sdp}, {@code route},
 * {@code signal} and {@code meter}.
 */
package io.ifbus.sip.control;
