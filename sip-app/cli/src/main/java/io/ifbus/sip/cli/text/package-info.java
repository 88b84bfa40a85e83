// SPDX-License-Identifier: AGPL-3.0-or-later
/** What people read: tables, details, lines of events, colours. Uses java.* and Jackson only. */
package io.ifbus.sip.cli.text;
