// SPDX-License-Identifier: AGPL-3.0-or-later
/** The REST API over HTTP: requests, answers, refusals, the event stream. Uses java.* and Jackson only. */
package io.ifbus.sip.cli.api;
