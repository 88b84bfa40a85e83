// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Messages and wishes that cross, each in both orders and at random: the tests of docs/races.md. Uses the phones and
 * {@link io.ifbus.sip.tests.server}.
 */
package io.ifbus.sip.tests.races;
