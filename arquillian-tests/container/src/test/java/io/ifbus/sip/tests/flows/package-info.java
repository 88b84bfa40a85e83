// SPDX-License-Identifier: AGPL-3.0-or-later
/** Each operation once, as the phones saw it: the diagrams of docs/call-flows.md. */
package io.ifbus.sip.tests.flows;
