// SPDX-License-Identifier: AGPL-3.0-or-later
/** The WildFly extension: the management model {@code /subsystem=sip}, its XML, and what becomes of a SIP deployment. */
package io.ifbus.sip.subsystem;
