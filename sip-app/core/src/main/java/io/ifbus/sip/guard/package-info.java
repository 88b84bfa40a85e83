// SPDX-License-Identifier: AGPL-3.0-or-later
/** The guard before each target host: ports to whatever breaks circuits, and what counts as a failure. Uses java.* only. */
package io.ifbus.sip.guard;
