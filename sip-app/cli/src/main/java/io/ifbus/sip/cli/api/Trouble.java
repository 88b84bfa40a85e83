// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Broken connections in words. */
final class Trouble {

    private Trouble() {}

    /** The failure that an exception of the HTTP client is. */
    static Failure of(Exception cause, URI address) {
        String server = address.getScheme() + "://" + address.getRawAuthority();
        String why;
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            why = "cannot reach " + server + " (" + reason(cause) + "); is it running, is --url right?";
        } else if (cause instanceof HttpTimeoutException) {
            why = server + " did not answer in time; whether it did what was asked is not known";
        } else {
            why = "the connection to " + server + " broke (" + words(cause)
                    + "); whether it did what was asked is not known";
        }
        return new Failure(ExitCode.TROUBLE, why, cause);
    }

    private static String reason(Exception cause) {
        // the client wraps what really happened, often without a word of its own
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        return cause.getMessage() == null ? "connection refused" : cause.getMessage();
    }

    static String words(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
