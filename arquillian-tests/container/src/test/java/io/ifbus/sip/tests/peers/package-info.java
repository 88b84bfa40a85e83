// SPDX-License-Identifier: AGPL-3.0-or-later
/** Phones that others wrote, on the shared server. */
package io.ifbus.sip.tests.peers;
