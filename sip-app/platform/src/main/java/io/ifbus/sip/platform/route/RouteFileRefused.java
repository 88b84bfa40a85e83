// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import java.nio.file.Path;

/** The file of the routes cannot be read; it is left as it is, and the application does not start with it. */
public final class RouteFileRefused extends IllegalArgumentException {

    RouteFileRefused(Path file, Exception cause) {
        super(
                "The route file " + file
                        + " is refused and left as it is; mend it, or move it away to start without it: "
                        + cause.getMessage(),
                cause);
    }
}
