// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;

/**
 * A phone's wish for session refreshes (RFC 4028). The phone states and answers it but never refreshes by itself:
 * {@link Phone#updates()} and {@link Phone#reinvites} do.
 *
 * @param expires seconds of the Session-Expires header; 0 to send none
 * @param minSe seconds of the Min-SE header; a wish for less is answered 422; 0 for none
 * @param refresher {@code uac} or {@code uas}, empty to leave it open
 */
public record SessionTimer(int expires, int minSe, Optional<String> refresher) {

    static final SessionTimer NONE = new SessionTimer(0, 0, Optional.empty());

    public SessionTimer {
        if (expires < 0 || minSe < 0) throw new IllegalArgumentException("seconds must be >= 0");
        if (refresher.isPresent() && !refresher.get().matches("uac|uas"))
            throw new IllegalArgumentException("no such refresher: " + refresher.get());
    }

    public static SessionTimer of(int expires) {
        return new SessionTimer(expires, 0, Optional.empty());
    }

    public SessionTimer minSe(int seconds) {
        return new SessionTimer(expires, seconds, refresher);
    }

    public SessionTimer refreshedBy(String party) {
        return new SessionTimer(expires, minSe, Optional.of(party));
    }

    /** The Session-Expires header of a request; empty to send none. */
    Optional<String> wish() {
        return expires == 0
                ? Optional.empty()
                : Optional.of(expires + refresher.map(SessionTimer::by).orElse(""));
    }

    /** Whether a request's Session-Expires is too small for us (RFC 4028 section 9). */
    boolean refuses(Optional<String> wished) {
        return minSe > 0 && wished.isPresent() && seconds(wished.get()) < minSe;
    }

    /**
     * The Session-Expires header of our 2xx (RFC 4028 section 9).
     *
     * @param wished the request's Session-Expires
     * @param theySupport whether the request's Supported says timer
     */
    Optional<String> agreed(Optional<String> wished, boolean theySupport) {
        if (wished.isEmpty() && expires == 0) return Optional.empty();
        int seconds = wished.map(SessionTimer::seconds).orElse(expires);
        Optional<String> asked = wished.filter(value -> value.contains("refresher="))
                .map(value ->
                        value.replaceFirst(".*refresher=", "").split(";")[0].trim());
        String party = !theySupport ? "uas" : asked.or(() -> refresher).orElse("uac");
        return Optional.of(seconds + by(party));
    }

    static int seconds(String value) {
        return Integer.parseInt(value.split(";")[0].trim());
    }

    private static String by(String party) {
        return ";refresher=" + party;
    }
}
