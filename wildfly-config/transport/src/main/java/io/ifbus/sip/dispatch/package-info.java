// SPDX-License-Identifier: AGPL-3.0-or-later
/** The order in which the container does its work: one serial queue per application session. Uses {@code java.*} only. */
package io.ifbus.sip.dispatch;
