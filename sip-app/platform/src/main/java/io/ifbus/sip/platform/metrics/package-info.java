// SPDX-License-Identifier: AGPL-3.0-or-later
/** Core's meter on MicroProfile Metrics, and the text that Prometheus reads. Uses nothing else of the platform. */
package io.ifbus.sip.platform.metrics;
