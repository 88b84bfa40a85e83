// SPDX-License-Identifier: AGPL-3.0-or-later
/** Applications of the tests in a server that Arquillian runs: injection, the seam of an EAR, timers, redeployment. */
package io.ifbus.sip.tests.incontainer;
