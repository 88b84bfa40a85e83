// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Call detail records on disk: a queue between the calls and an embedded H2 database. Uses core's {@code cdr} and
 * nothing else of the platform.
 */
package io.ifbus.sip.platform.cdr;
