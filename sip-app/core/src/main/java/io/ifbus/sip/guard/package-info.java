// SPDX-License-Identifier: AGPL-3.0-or-later
/** The guard before each target host: a port to whatever breaks circuits. Uses java.* only. */
package io.ifbus.sip.guard;
