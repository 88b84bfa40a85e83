// SPDX-License-Identifier: AGPL-3.0-or-later
/** The route table as a resource. May use problem. */
package io.ifbus.sip.rest.route;
