// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The operator's command-line client, {@code ifbus}: one class per command, and what they share. Uses {@code api} and
 * {@code text} and picocli; knows the server by its REST API alone.
 */
package io.ifbus.sip.cli;
