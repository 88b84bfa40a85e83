// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

/** Where a route leads. */
public sealed interface Target {
    /** To ourselves: the caller hears itself. */
    record Echo() implements Target {}

    /** To a SIP URI in which <code>{user}</code> stands for the dialled user. */
    record Uri(String template) implements Target {
        private static final String USER = "{user}";

        public Uri {
            if (!requireNonNull(template, "template").matches("sips?:[^\\s<>]+")) {
                throw new IllegalArgumentException("not a SIP URI: " + template);
            }
        }

        /** The URI to ring for {@code user}, which may be empty. */
        public String uriFor(String user) {
            return user.isEmpty() ? template.replace(USER + "@", "").replace(USER, "") : template.replace(USER, user);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is neither {@code echo} nor a SIP URI template */
    static Target parse(String text) {
        return text.equals("echo") ? new Echo() : new Uri(text);
    }
}
