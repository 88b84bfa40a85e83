// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A session description, kept line by line so that what is not ours to change stays as it came (RFC 4566).
 *
 * @param session the lines above the first m=
 * @param media what follows
 */
public record Sdp(List<String> session, List<Media> media) {
    private static final String LINE_END = "\r\n";

    public Sdp {
        session = List.copyOf(session);
        media = List.copyOf(media);
        if (session.isEmpty() || !session.get(0).equals("v=0")) {
            throw new IllegalArgumentException("no v=0 line");
        }
        Origin.of(session);
    }

    /** Reads a description; empty if it is not one. */
    public static Optional<Sdp> parse(String text) {
        List<String> session = new ArrayList<>();
        List<List<String>> media = new ArrayList<>();
        List<String> section = session;
        for (String line : text.split("\r?\n")) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.startsWith("m=")) {
                section = new ArrayList<>();
                media.add(section);
            }
            section.add(line);
        }
        try {
            return Optional.of(new Sdp(session, media.stream().map(Media::new).toList()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * An offer of audio that is not to flow yet: the first offer of third party call control to people (RFC 3725
     * section 4.4, with one inactive stream instead of none because phones refuse an offer without streams).
     *
     * @param sessionId unique to the leg, not negative
     */
    public static Sdp inactiveOffer(long sessionId) {
        return new Sdp(
                List.of("v=0", "o=ifbus " + sessionId + " 1 IN IP4 0.0.0.0", "s=-", "c=IN IP4 0.0.0.0", "t=0 0"),
                List.of(new Media(List.of(
                        "m=audio 9 RTP/AVP 0 8 9 101",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:9 G722/8000",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=fmtp:101 0-15",
                        "a=inactive"))));
    }

    /** The text to put into a message. */
    public String text() {
        return Stream.concat(session.stream(), media.stream().flatMap(m -> m.lines().stream()))
                .collect(Collectors.joining(LINE_END, "", LINE_END));
    }

    /**
     * This description as the successor of {@code previous} on the same leg: the origin stays, its version grows by one
     * if anything else changed (RFC 3264 section 8), whoever wrote the description.
     */
    public Sdp following(Optional<Sdp> previous) {
        if (previous.isEmpty()) {
            return this;
        }
        Origin origin = Origin.of(previous.get().session);
        boolean same = withOrigin(origin).equals(previous.get());
        return withOrigin(same ? origin : origin.next());
    }

    /**
     * This offer with the streams of {@code previous} that it lacks, refused: a stream never goes (RFC 3264 section 8).
     */
    public Sdp keepingStreamsOf(Optional<Sdp> previous) {
        List<Media> before = previous.map(Sdp::media).orElse(List.of());
        return before.size() <= media.size() ? this : withStreamsLike(before);
    }

    /**
     * This answer with exactly the streams of {@code offer}, in its order, and no direction that the offer does not
     * allow (RFC 3264 section 6).
     */
    public Sdp answering(Sdp offer) {
        Sdp whole = offer.media.size() == media.size() ? this : withStreamsLike(offer.media);
        List<Media> streams = new ArrayList<>();
        for (int i = 0; i < whole.media.size(); i++) {
            Media stream = whole.media.get(i);
            String answered = whole.direction(stream);
            String allowed = Media.allowed(offer.direction(offer.media.get(i)), answered);
            streams.add(allowed.equals(answered) ? stream : stream.directed(allowed));
        }
        return new Sdp(whole.session, streams);
    }

    /** The direction of one of its streams; a stream that does not say takes the session's (RFC 4566 section 6). */
    private String direction(Media stream) {
        return Media.direction(stream.lines())
                .or(() -> Media.direction(session))
                .orElse("sendrecv");
    }

    /** This description with nothing flowing. */
    public Sdp inactive() {
        return directed("inactive");
    }

    /** This description with everything flowing both ways. */
    public Sdp active() {
        return directed("sendrecv");
    }

    private Sdp directed(String direction) {
        return new Sdp(session, media.stream().map(m -> m.directed(direction)).toList());
    }

    /** No audio flows both ways. */
    public boolean isQuiet() {
        List<Media> audio = media.stream()
                .filter(Media::isAudio)
                .filter(stream -> !stream.isRefused())
                .toList();
        return !audio.isEmpty()
                && audio.stream().noneMatch(stream -> direction(stream).equals("sendrecv"));
    }

    /** Same addresses, ports and formats as {@code other}; directions and the rest may differ. */
    public boolean hasMediaOf(Sdp other) {
        if (media.size() != other.media.size()) {
            return false;
        }
        for (int i = 0; i < media.size(); i++) {
            if (!media.get(i).isLike(other.media.get(i), connection(session), connection(other.session))) {
                return false;
            }
        }
        return true;
    }

    /** The answer that refuses each stream of this offer. */
    public Sdp refusal() {
        return answer("0.0.0.0", media.stream().map(Media::refused).toList());
    }

    /** The answer that agrees to the streams of this offer and lets nothing flow. */
    public Sdp inactiveAnswer() {
        return answer("0.0.0.0", media.stream().map(Media::parked).toList());
    }

    /**
     * The answer that sends the offerer's own media back to it: its own addresses and ports, directions mirrored. Empty
     * if no stream of the offer can be echoed.
     */
    public Optional<Sdp> echoAnswer() {
        String direction = Media.direction(session).orElse("sendrecv");
        String connection = connection(session).orElse("");
        List<Media> echoed =
                media.stream().map(m -> m.echoed(connection, direction)).toList();
        if (echoed.stream().allMatch(Media::isRefused)) {
            return Optional.empty();
        }
        return Optional.of(answer("0.0.0.0", echoed));
    }

    static Optional<String> connection(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("c=")).findFirst();
    }

    private Sdp answer(String address, List<Media> streams) {
        List<String> head = new ArrayList<>(List.of(
                "v=0",
                "o=ifbus " + Origin.of(session).sessionId() + " 1 IN IP4 " + address,
                "s=-",
                "c=IN IP4 " + address));
        // the answer's t= equals the offer's (RFC 3264 section 6)
        List<String> times =
                session.stream().filter(line -> line.startsWith("t=")).toList();
        head.addAll(times.isEmpty() ? List.of("t=0 0") : times);
        return new Sdp(head, streams);
    }

    private Sdp withStreamsLike(List<Media> pattern) {
        List<Media> streams = new ArrayList<>(media.subList(0, Math.min(media.size(), pattern.size())));
        for (int i = streams.size(); i < pattern.size(); i++) {
            streams.add(pattern.get(i).refused());
        }
        return new Sdp(session, streams);
    }

    private Sdp withOrigin(Origin origin) {
        List<String> lines = session.stream()
                .map(line -> line.startsWith("o=") ? origin.line() : line)
                .toList();
        return new Sdp(lines, media);
    }
}
