// SPDX-License-Identifier: AGPL-3.0-or-later
/** Looks from outside at what an application left behind. */
package io.ifbus.sip.tests.applications.watch;
