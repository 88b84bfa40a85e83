// SPDX-License-Identifier: AGPL-3.0-or-later
/** What an application may ask of the container beyond JSR 289. Uses {@code javax.servlet.sip} only. */
package io.ifbus.sip.spi;
