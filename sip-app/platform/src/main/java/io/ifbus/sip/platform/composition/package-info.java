// SPDX-License-Identifier: AGPL-3.0-or-later
/** Where core and the adapters are put together. Uses all of the platform, and nobody uses it. */
package io.ifbus.sip.platform.composition;
