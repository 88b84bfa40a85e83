// SPDX-License-Identifier: AGPL-3.0-or-later
/** The build's check that every reference in the engine and the SIP stack leads somewhere; uses ASM and the JDK only. */
package io.ifbus.sip.engine;
