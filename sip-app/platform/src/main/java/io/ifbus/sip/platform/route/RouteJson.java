// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import io.ifbus.sip.route.AddressGlob;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.Target;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Routes as a JSON document, <code>{"format": 1, "routes": [...]}</code>; strict about what it reads. */
final class RouteJson {

    private static final int FORMAT = 1;
    private static final Set<String> FIELDS = Set.of("name", "to", "from", "headers", "region", "target");

    private final JsonParserFactory parsers = Json.createParserFactory(Map.of());
    private final JsonReaderFactory readers =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private final JsonWriterFactory writers = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));
    private final JsonBuilderFactory builders = Json.createBuilderFactory(Map.of());

    /** The document, with a line break at its end. */
    String write(List<Route> routes) {
        JsonArrayBuilder array = builders.createArrayBuilder();
        routes.forEach(route -> array.add(write(route)));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = writers.createWriter(text)) {
            writer.writeObject(builders.createObjectBuilder()
                    .add("format", FORMAT)
                    .add("routes", array)
                    .build());
        }
        return text.append('\n').toString();
    }

    private JsonObjectBuilder write(Route route) {
        Conditions conditions = route.conditions();
        JsonObjectBuilder object = builders.createObjectBuilder().add("name", route.name());
        conditions.to().map(AddressGlob::text).ifPresent(glob -> object.add("to", glob));
        conditions.from().map(AddressGlob::text).ifPresent(glob -> object.add("from", glob));
        if (!conditions.headers().isEmpty()) {
            JsonObjectBuilder headers = builders.createObjectBuilder();
            conditions.headers().forEach((name, glob) -> headers.add(name, glob.text()));
            object.add("headers", headers);
        }
        conditions.region().ifPresent(region -> object.add("region", region));
        return object.add("target", route.target().text());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if {@code text} is anything else; the message says where
     */
    List<Route> read(String text) {
        JsonObject document = document(text);
        requireOnly(Set.of("format", "routes"), document, "");
        if (!document.containsKey("format")
                || !document.get("format").toString().equals(Integer.toString(FORMAT))) {
            throw new IllegalArgumentException("'format' must be " + FORMAT);
        }
        if (!(document.get("routes") instanceof JsonArray array)) {
            throw new IllegalArgumentException("'routes' must be a list");
        }
        List<Route> routes = IntStream.range(0, array.size())
                .mapToObj(i -> route("routes[" + i + "]: ", array.get(i)))
                .toList();
        Set<String> names = new HashSet<>();
        routes.forEach(route -> {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("'routes' has two routes called '" + route.name() + "'");
            }
        });
        return routes;
    }

    private JsonObject document(String text) {
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            JsonObject document = reader.readObject();
            requireNothingBehind(text);
            return document;
        } catch (JsonException e) {
            throw new IllegalArgumentException("not a JSON object: " + e.getMessage(), e);
        }
    }

    /** A reader stops where its object ends, and a parser takes doubled names: so both look at the text. */
    private void requireNothingBehind(String text) {
        try (JsonParser parser = parsers.createParser(new StringReader(text))) {
            parser.next();
            parser.getObject();
            if (parser.hasNext()) {
                throw new IllegalArgumentException("something follows the JSON object");
            }
        }
    }

    private static Route route(String where, JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            throw new IllegalArgumentException(where + "a JSON object is needed");
        }
        requireOnly(FIELDS, object, where);
        try {
            return new Route(
                    required("name", object),
                    Conditions.of(
                            optional("to", object),
                            optional("from", object),
                            headers(object),
                            optional("region", object)),
                    Target.parse(required("target", object)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    private static void requireOnly(Set<String> known, JsonObject object, String where) {
        object.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException(where + "there is no field '" + key + "'");
        });
    }

    private static Map<String, String> headers(JsonObject route) {
        Map<String, String> headers = new TreeMap<>();
        JsonValue value = route.getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT);
        if (!(value instanceof JsonObject object)) {
            throw new IllegalArgumentException("'headers' must be an object");
        }
        object.forEach((name, glob) -> headers.put(name, text("headers", glob)));
        return headers;
    }

    private static String required(String field, JsonObject object) {
        if (!object.containsKey(field)) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return optional(field, object);
    }

    /** The text, or null if there is none. */
    private static String optional(String field, JsonObject object) {
        return object.containsKey(field) ? text(field, object.get(field)) : null;
    }

    private static String text(String field, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            throw new IllegalArgumentException("'" + field + "' must be a text");
        }
        return text.getString();
    }
}
