// SPDX-License-Identifier: AGPL-3.0-or-later
/** The EJB module of the test's EAR. */
package io.ifbus.sip.tests.incontainer.office;
