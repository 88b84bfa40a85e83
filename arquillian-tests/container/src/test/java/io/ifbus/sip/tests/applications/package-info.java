// SPDX-License-Identifier: AGPL-3.0-or-later
/** Applications as JSR 289 lets them be: with sip.xml, several in an EAR, with HTTP beside SIP, wrong ones, gone ones. */
package io.ifbus.sip.tests.applications;
