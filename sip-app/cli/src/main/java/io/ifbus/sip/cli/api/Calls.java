// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Calls as people name them: by uuid, by {@code if://call/uuid}, or by the first 6 or more hex digits of a call that
 * the API lists.
 */
public final class Calls {

    private static final String SCHEME = "if://call/";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PREFIX = Pattern.compile("([0-9a-f]-?){6,32}");
    private static final int PAGE = 1000;

    private final Api api;
    private Set<String> listed;

    public Calls(Api api) {
        this.api = api;
    }

    /** {@code /v1/calls/{uuid}} of the call that {@code name} means. */
    public String path(String name) {
        return "/v1/calls/" + uuid(name);
    }

    /**
     * The uuid of the call that {@code name} means. A whole uuid is not looked up.
     *
     * @throws Failure (usage) if it has not the form of one or is the beginning of several; (refused) if no listed call
     *     begins so
     */
    public String uuid(String name) {
        String id = name.toLowerCase(Locale.ROOT);
        id = id.startsWith(SCHEME) ? id.substring(SCHEME.length()) : id;
        if (UUID.matcher(id).matches()) {
            return id;
        }
        if (!PREFIX.matcher(id).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'" + name + "' is no call: give its uuid, if://call/uuid, or its first 6 or more hex digits");
        }
        return only(name, begin(id));
    }

    private List<String> begin(String prefix) {
        if (listed == null) {
            listed = list();
        }
        return listed.stream()
                .filter(uuid -> digits(uuid).startsWith(digits(prefix)))
                .toList();
    }

    private static String only(String name, List<String> found) {
        if (found.isEmpty()) {
            throw new Failure(ExitCode.REFUSED, "no listed call begins with " + name);
        }
        if (found.size() > 1) {
            String some = String.join(", ", found.subList(0, Math.min(3, found.size())));
            throw new Failure(
                    ExitCode.USAGE,
                    found.size() + " calls begin with " + name + ": " + some + (found.size() > 3 ? ", ..." : ""));
        }
        return found.get(0);
    }

    private Set<String> list() {
        Set<String> all = new LinkedHashSet<>();
        int offset = 0;
        int total = 1;
        while (offset < total) {
            Answer answer =
                    api.get("/v1/calls" + new Query().with("offset", offset).with("limit", PAGE));
            List<JsonNode> page = Json.items(answer.json(), "calls");
            page.forEach(call -> all.add(Json.uuid(Json.text(call, "call_id"))));
            offset += page.size();
            total = page.isEmpty() ? 0 : answer.json().path("total").asInt(0);
        }
        return all;
    }

    private static String digits(String uuid) {
        return uuid.replace("-", "");
    }
}
