// SPDX-License-Identifier: AGPL-3.0-or-later
/** In the library directory of the test's EAR: seen by all its parts. */
package io.ifbus.sip.tests.incontainer.common;
