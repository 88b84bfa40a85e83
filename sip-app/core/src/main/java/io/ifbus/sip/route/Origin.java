// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import java.util.Locale;

/** Who made a route. */
public enum Origin {
    /** A client of the API; it can be changed and deleted there. */
    API,
    /** The settings; it stays as long as they say so. */
    SETTINGS;

    /** As it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
