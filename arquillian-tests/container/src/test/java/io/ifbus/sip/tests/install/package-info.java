// SPDX-License-Identifier: AGPL-3.0-or-later
/** Other ways to a server than the one that this build provisions, and the examples of docs/examples on them. */
package io.ifbus.sip.tests.install;
