// SPDX-License-Identifier: AGPL-3.0-or-later
/** A converged application. */
package io.ifbus.sip.tests.applications.webcall;
