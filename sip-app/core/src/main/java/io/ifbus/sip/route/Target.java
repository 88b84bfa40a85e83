// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/** Where a route leads. */
public sealed interface Target {
    /** As operators write it; {@link #parse} reads it. */
    String text();

    /** To ourselves: the caller hears itself. */
    record Echo() implements Target {
        @Override
        public String text() {
            return "echo";
        }
    }

    /** To a client of the API, which is offered the call by the event stream. */
    record Offer() implements Target {
        @Override
        public String text() {
            return "offer";
        }
    }

    /** To a SIP or tel URI in which <code>{user}</code> stands for the dialled user. */
    record Uri(String template) implements Target {
        private static final String USER = "{user}";
        private static final int LONGEST = 1024;
        private static final Pattern FORM = Pattern.compile("(?:sips?|tel):[^\\s<>\"\\p{Cntrl}]+");
        private static final String UNRESERVED = "-_.!~*'()+"; // RFC 3261 section 25.1, and the sign of a number
        private static final String ONLY_IN_USERS = "&=$,;?/";

        /** @throws InvalidRoute if it is none */
        public Uri {
            if (requireNonNull(template, "template").length() > LONGEST
                    || !FORM.matcher(template).matches()) {
                throw new InvalidRoute(
                        "target",
                        "'target' must be echo, offer, or a SIP or tel URI of at most " + LONGEST + " characters");
            }
        }

        @Override
        public String text() {
            return template;
        }

        /** Whether there is nothing to ring without a user: a tel URI cannot do without its number. */
        public boolean needsUser() {
            return template.startsWith("tel:") && template.contains(USER);
        }

        /**
         * The URI to ring.
         *
         * @param user without escapes, as dialled; may be empty. What would end the user part is escaped: a caller
         *     cannot reach another host by it
         */
        public String uriFor(String user) {
            if (user.isEmpty()) {
                return template.replace(USER + "@", "").replace(USER, "");
            }
            return template.replace(USER + "@", escaped(user, UNRESERVED + ONLY_IN_USERS) + "@")
                    .replace(USER, escaped(user, UNRESERVED));
        }

        private static String escaped(String user, String allowed) {
            StringBuilder escaped = new StringBuilder();
            for (byte octet : user.getBytes(UTF_8)) {
                char c = (char) (octet & 0xff);
                if (c < 0x80 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0)) {
                    escaped.append(c);
                } else {
                    escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
                }
            }
            return escaped.toString();
        }
    }

    /** @throws InvalidRoute if {@code text} is neither {@code echo} nor {@code offer} nor a SIP or tel URI template */
    static Target parse(String text) {
        return switch (text) {
            case "echo" -> new Echo();
            case "offer" -> new Offer();
            default -> new Uri(text);
        };
    }
}
