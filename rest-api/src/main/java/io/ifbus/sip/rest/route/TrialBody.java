// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.InvalidRoute;
import io.ifbus.sip.route.UserHost;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A call that nobody makes, for {@code POST /v1/routes/test}.
 *
 * @param to the request URI
 * @param from the From URI; an anonymous caller if absent
 * @param headers of the INVITE
 */
@Schema(
        name = "RouteTrial",
        requiredProperties = {"to"})
record TrialBody(
        @Schema(description = "SIP or tel URI that is dialled", examples = "sip:bob@example.com")
        String to,

        @Schema(description = "SIP or tel URI of the caller")
        String from,

        @Schema(description = "Header names with their first values")
        Map<String, String> headers) {

    private static final int LONGEST = 1024;
    private static final String ANONYMOUS = "sip:anonymous@anonymous.invalid"; // RFC 3323 section 4.1.1.3

    /** @throws InvalidRequest if it is missing or no SIP or tel URI */
    UserHost dialled() {
        if (to == null) {
            throw new InvalidRequest("to", "'to' is missing");
        }
        return address("to", to);
    }

    /** @throws InvalidRequest if it is no SIP or tel URI */
    String caller() {
        if (from == null) {
            return ANONYMOUS;
        }
        address("from", from);
        return from;
    }

    /**
     * By names in lower case.
     *
     * @throws InvalidRoute if a name cannot be one
     * @throws InvalidRequest if a value is missing or has several lines
     */
    Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        if (headers != null) {
            headers.forEach((name, value) -> values.put(Conditions.headerName(name), line(value)));
        }
        return values;
    }

    private static UserHost address(String field, String uri) {
        return UserHost.of(uri)
                .filter(address -> uri.length() <= LONGEST)
                .orElseThrow(() -> new InvalidRequest(
                        field, "'" + field + "' must be a SIP or tel URI such as sip:alice@example.com"));
    }

    private static String line(String value) {
        if (value == null || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("headers", "'headers' must have values of one line");
        }
        return value;
    }
}
