// SPDX-License-Identifier: AGPL-3.0-or-later
/** Where an INVITE that reaches us goes. Uses java.* only. */
package io.ifbus.sip.route;
