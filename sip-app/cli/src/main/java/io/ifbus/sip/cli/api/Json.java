// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON documents as trees, so that fields which the API gets later are shown and not refused. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The document in {@code text}, nothing if it is none. An empty text is a missing node. */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(text.isBlank() ? MissingNode.getInstance() : MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The elements of the array {@code name} in {@code document}, or of the document if that is an array itself. */
    public static List<JsonNode> items(JsonNode document, String name) {
        JsonNode array = document.isArray() ? document : document.path(name);
        return stream(array).toList();
    }

    /** The elements of an array; nothing for anything else. */
    public static Stream<JsonNode> stream(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    /** The text of a field; empty if it is absent or null. */
    public static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isNull() || value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    /** The uuid in an id such as {@code if://call/3f1c...}; a bare one is left as it is. */
    public static String uuid(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
