// SPDX-License-Identifier: AGPL-3.0-or-later
/** Call detail records as resources. May use call (for how it reads numbers) and problem. */
package io.ifbus.sip.rest.cdr;
