// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A 2xx answer of the API.
 *
 * @param status 200 to 299
 * @param body as it came; may be empty
 * @param json the same as a tree; missing if the body is empty
 */
public record Answer(int status, String body, JsonNode json) {}
