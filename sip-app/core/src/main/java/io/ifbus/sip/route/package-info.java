// SPDX-License-Identifier: AGPL-3.0-or-later
/** Where an INVITE that reaches us goes, and how that is changed at run time. Uses java.* only. */
package io.ifbus.sip.route;
