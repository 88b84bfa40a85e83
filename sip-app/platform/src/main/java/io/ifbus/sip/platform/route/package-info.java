// SPDX-License-Identifier: AGPL-3.0-or-later
/** The file that keeps the routes of the API. Uses nothing else of the platform. */
package io.ifbus.sip.platform.route;
