// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

/**
 * One event of the stream.
 *
 * @param id the position after it; empty if the stream names none
 * @param type {@code message} if the stream names none
 * @param data lines joined by line feeds
 */
public record Event(String id, String type, String data) {}
