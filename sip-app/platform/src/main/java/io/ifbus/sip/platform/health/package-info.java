// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What MicroProfile Health asks of this node. It stands in EAR/lib because WildFly finds no check in a WAR of an EAR
 * (WFLY-12835). May use access and timer.
 */
package io.ifbus.sip.platform.health;
