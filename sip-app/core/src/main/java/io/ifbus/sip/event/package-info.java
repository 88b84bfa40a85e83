// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What becomes of calls, as events that others can follow: numbered, kept for a while, read from any position. Uses
 * {@code call} and {@code control}.
 */
package io.ifbus.sip.event;
