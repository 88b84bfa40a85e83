// SPDX-License-Identifier: AGPL-3.0-or-later
/** A generated client talks with the API over HTTP, without a server. Uses the API's own test harness. */
package io.ifbus.sip.tests.client;
