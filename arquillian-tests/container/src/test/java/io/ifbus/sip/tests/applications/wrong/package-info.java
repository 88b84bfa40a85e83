// SPDX-License-Identifier: AGPL-3.0-or-later
/** What an application must not be made of. */
package io.ifbus.sip.tests.applications.wrong;
