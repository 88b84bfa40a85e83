// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a client reached the server: what the front end of the web server is called from outside.
 *
 * @param securePort the port of https, also when the client came by http; 443 when there is none
 */
record Origin(String scheme, String host, int port, int securePort) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(HttpServletRequest request) {
        int port = request.getServerPort();
        if (request.isSecure()) {
            return new Origin("https", request.getServerName(), HTTP, port);
        }
        return new Origin("http", request.getServerName(), port, confidentialPort());
    }

    private static int confidentialPort() {
        ServletRequestContext current = ServletRequestContext.current();
        if (current == null) {
            return HTTPS;
        }
        int port = current.getDeployment()
                .getDeploymentInfo()
                .getConfidentialPortManager()
                .getConfidentialPort(current.getExchange());
        return port > 0 ? port : HTTPS;
    }

    /** {@code https://host:8443}, without a port that is the scheme's own. */
    String authority(String wanted) {
        int own = wanted.equals("https") ? HTTPS : HTTP;
        int used = wanted.equals("https") ? securePort : port;
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return wanted + "://" + name + (used == own ? "" : ":" + used);
    }
}
