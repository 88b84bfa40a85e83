// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a phone is like, before it is switched on. */
public final class PhoneBuilder {

    private final String name;
    private double toneHz = 440;
    private boolean tcp;
    private boolean withAudio = true;
    private int port;
    private int padding;
    private SessionTimer timer = SessionTimer.NONE;
    private final Set<String> allow = new LinkedHashSet<>(
            List.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "INFO", "NOTIFY", "MESSAGE"));
    private final Set<String> supported = new LinkedHashSet<>();
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

    /** Does these methods, and says so in Allow; of those in question only REFER is not there unless told. */
    public PhoneBuilder allows(String... methods) {
        allow.addAll(List.of(methods));
        return this;
    }

    /** Neither has these methods in Allow nor does them: it answers 405. */
    public PhoneBuilder without(String... methods) {
        List.of(methods).forEach(allow::remove);
        return this;
    }

    /** Has these extensions in Supported, and takes an INVITE that requires them. */
    public PhoneBuilder supports(String... extensions) {
        supported.addAll(List.of(extensions));
        return this;
    }

    /** Can be transferred, and take the place of another: REFER, Replaces and REFER without NOTIFY. */
    public PhoneBuilder transfers() {
        return allows("REFER").supports("replaces", "norefersub");
    }

    /** Wants session timers, as said; {@code timer} is then supported. */
    public PhoneBuilder sessionTimer(SessionTimer wanted) {
        timer = requireNonNull(wanted, "wanted");
        return supports("timer");
    }

    /** Its session descriptions are this many bytes longer than needed: for messages that fill more than a frame. */
    public PhoneBuilder wordy(int bytes) {
        if (bytes < 0 || bytes > 6000) throw new IllegalArgumentException("padding out of range: " + bytes);
        padding = bytes;
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

    boolean isAllowed(String method) {
        return allow.contains(method);
    }

    String allow() {
        return String.join(", ", allow);
    }

    Set<String> supported() {
        return supported;
    }

    SessionTimer timer() {
        return timer;
    }

    Negotiation negotiation(MediaPort media, long sessionId) {
        if (negotiation != null) return negotiation.apply(media);
        Negotiation usual = new AudioNegotiation(Station.ADDRESS, sessionId, media);
        return padding == 0 ? usual : new WordyNegotiation(usual, padding);
    }
}
