// SPDX-License-Identifier: AGPL-3.0-or-later
/** An application that lets in users of a security domain only. */
package io.ifbus.sip.tests.applications.guarded;
