// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** The call ends as soon as everything that was decided at the same time is done. */
record Doomed(EndCause cause) implements Mode {}
