// SPDX-License-Identifier: AGPL-3.0-or-later
/** Whether this node lives, has started and is ready. Uses no other package of this module but json. */
package io.ifbus.sip.rest.health;
