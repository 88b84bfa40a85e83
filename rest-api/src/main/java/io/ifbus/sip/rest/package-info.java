// SPDX-License-Identifier: AGPL-3.0-or-later
/** The Jakarta REST application: its root and its description. The features are the packages below. */
package io.ifbus.sip.rest;
