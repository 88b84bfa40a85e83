// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The server's security domains as the users of SIP applications, and the identity that their code has (JSR 289 chapter
 * 17). Knows Elytron and the container, and no deployment.
 */
package io.ifbus.sip.deployment.identity;
