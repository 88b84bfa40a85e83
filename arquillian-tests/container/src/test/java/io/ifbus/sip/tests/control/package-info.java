// SPDX-License-Identifier: AGPL-3.0-or-later
/** What the application does for those who control calls: by the API, by routes, by messages of phones. */
package io.ifbus.sip.tests.control;
