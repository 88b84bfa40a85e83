// SPDX-License-Identifier: AGPL-3.0-or-later
/** The same classes in two WARs of one EAR, and in its other archives. */
package io.ifbus.sip.tests.applications.station;
