// SPDX-License-Identifier: AGPL-3.0-or-later
/** The application's settings over MicroProfile Config. May use core and nothing else of the platform. */
package io.ifbus.sip.platform.config;
