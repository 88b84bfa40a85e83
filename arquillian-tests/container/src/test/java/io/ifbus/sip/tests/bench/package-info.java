// SPDX-License-Identifier: AGPL-3.0-or-later
/** Measurements, run by the scripts of arquillian-tests/bench and not by ./check. */
package io.ifbus.sip.tests.bench;
