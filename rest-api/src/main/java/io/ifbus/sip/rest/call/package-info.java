// SPDX-License-Identifier: AGPL-3.0-or-later
/** Calls as a resource, and the part of the API that answers "not built yet". May use problem. */
package io.ifbus.sip.rest.call;
