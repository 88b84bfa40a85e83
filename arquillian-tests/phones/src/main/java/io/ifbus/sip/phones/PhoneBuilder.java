// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** What a phone is like, before it is switched on. */
public final class PhoneBuilder {

    private final String name;
    private double toneHz = 440;
    private boolean tcp;
    private boolean withAudio = true;
    private int port;
    private Function<MediaPort, Negotiation> negotiation;

    PhoneBuilder(String name) {
        this.name = requireNonNull(name, "name");
    }

    /** The tone that it sends; 440 Hz unless told. */
    public PhoneBuilder tone(double frequencyHz) {
        if (!(frequencyHz > 0 && frequencyHz < Tone.SAMPLE_RATE / 2.0))
            throw new IllegalArgumentException("tone must be between 0 and 4000 Hz, was " + frequencyHz);
        toneHz = frequencyHz;
        return this;
    }

    /** Calls, and wants to be called, by TCP. It listens on both transports in any case. */
    public PhoneBuilder overTcp() {
        tcp = true;
        return this;
    }

    /** Negotiates audio but neither sends nor hears it: for many calls at once. */
    public PhoneBuilder withoutAudio() {
        withAudio = false;
        return this;
    }

    /** A fixed port instead of a free one. */
    public PhoneBuilder port(int fixed) {
        if (fixed < 1 || fixed > 65535) throw new IllegalArgumentException("port out of range: " + fixed);
        port = fixed;
        return this;
    }

    /** Another way to agree on media. */
    PhoneBuilder negotiates(Function<MediaPort, Negotiation> way) {
        negotiation = way;
        return this;
    }

    /** @throws IllegalStateException if no port could be opened */
    public Phone switchedOn() {
        return new Phone(this);
    }

    String name() {
        return name;
    }

    double toneHz() {
        return toneHz;
    }

    boolean tcp() {
        return tcp;
    }

    boolean withAudio() {
        return withAudio;
    }

    int port() {
        return port;
    }

    Negotiation negotiation(MediaPort media, long sessionId) {
        if (negotiation != null) return negotiation.apply(media);
        return new AudioNegotiation(Station.ADDRESS, sessionId, media);
    }
}
