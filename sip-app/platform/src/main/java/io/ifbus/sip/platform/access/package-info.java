// SPDX-License-Identifier: AGPL-3.0-or-later
/** Who may use the API: the bearer token kept in a file. Uses nothing else of the platform. */
package io.ifbus.sip.platform.access;
