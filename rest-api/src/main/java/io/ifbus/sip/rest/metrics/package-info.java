// SPDX-License-Identifier: AGPL-3.0-or-later
/** The page that Prometheus reads. Uses no other package of this module. */
package io.ifbus.sip.rest.metrics;
