// SPDX-License-Identifier: AGPL-3.0-or-later
/** Core's guards of target hosts on MicroProfile Fault Tolerance (ADR 0019). Uses core's guard, and nothing else of the platform. */
package io.ifbus.sip.platform.guard;
