// SPDX-License-Identifier: AGPL-3.0-or-later
/** Each way to hand a party over, with each way in which that ends, on the wire. */
package io.ifbus.sip.tests.transfers;
