// SPDX-License-Identifier: AGPL-3.0-or-later
/** The JSON dialect of the API. Uses no other package of this module. */
package io.ifbus.sip.rest.json;
