// SPDX-License-Identifier: AGPL-3.0-or-later
/** Tests of the container's connectors, each against a server in this process. */
package io.ifbus.sip.conformance.transports;
