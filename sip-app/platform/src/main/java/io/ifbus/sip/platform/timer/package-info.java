// SPDX-License-Identifier: AGPL-3.0-or-later
/** Time for core: a scheduler behind its timer port. Uses nothing else of the platform. */
package io.ifbus.sip.platform.timer;
