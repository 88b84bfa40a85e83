// SPDX-License-Identifier: AGPL-3.0-or-later
/** What is in an EAR beside its SIP WARs: the library and an EJB module. */
package io.ifbus.sip.tests.applications.archive;
